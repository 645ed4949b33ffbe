import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { useMe } from '../session/me.ts'
import { CreateWorkflow } from './create-workflow.tsx'
import { TabBar } from './tab-bar.tsx'
import classes from './workflows-page.module.css'

const route = getRouteApi('/app/profiles/$profileId')

/** The queues of a profile: where one goes on to items and webhooks. */
export function WorkflowsPage() {
  const params = route.useParams()
  const me = useMe()
  const list = useApiList('/api/v1/profiles/{profileId}/workflows', { path: params })
  const [isCreating, creating] = useDisclosure()
  const button = me.isEditor && <Button onClick={creating.open}>Create workflow</Button>
  return (
    <>
      <TabBar title="Workflows" action={list.rows?.length ? button : undefined}>
        A workflow is a queue of items with named states. Its webhooks tell your systems when an item enters
        or moves.
      </TabBar>
      <ListBody
        list={list}
        what="workflows"
        empty={
          <EmptyState title="No workflows yet" action={button}>
            A workflow is a queue: alerts come in as items and move from state to state. Each has its own
            webhooks.
          </EmptyState>
        }
      >
        {(workflows) => (
          <ul className={classes.list}>
            {workflows.map((workflow) => (
              <WorkflowRow key={workflow.workflowId} workflow={workflow} />
            ))}
          </ul>
        )}
      </ListBody>
      <CreateWorkflow profileId={params.profileId} isOpen={isCreating} onClose={creating.close} />
    </>
  )
}

function WorkflowRow({ workflow }: { workflow: Schema<'Workflow'> }) {
  const { workflowId, name, states, resolvedState } = workflow
  const params = { workflowId }
  return (
    <li className={classes.row}>
      <Stack gap={2} miw={0}>
        <TextLink to="/workflows/$workflowId/items" params={params} fw={550}>
          {name ?? 'Unnamed workflow'}
        </TextLink>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {states
            .map((state) => (state === resolvedState && state !== 'Resolved' ? `${state} (resolved)` : state))
            .join(' → ')}
        </Text>
      </Stack>
      <Group gap="md" wrap="nowrap">
        <TextLink to="/workflows/$workflowId/items" params={params} size="sm">
          Items
        </TextLink>
        <TextLink to="/workflows/$workflowId/webhooks" params={params} size="sm">
          Webhooks
        </TextLink>
      </Group>
    </li>
  )
}
