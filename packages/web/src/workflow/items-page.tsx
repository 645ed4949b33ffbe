import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { useApi, useApiList, useLoaded } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { useTitle } from '../parts/use-title.ts'
import { FilingDialog, FilingGuide } from './filing-guide.tsx'
import { ItemTable } from './item-table.tsx'
import { StateFilter } from './state-filter.tsx'

const route = getRouteApi('/app/workflows/$workflowId/items')

/** The queue: what is in it, in all states or in one. */
export function ItemsPage() {
  const params = route.useParams()
  const { state } = route.useSearch()
  const workflow = useLoaded('/api/v1/workflows/{workflowId}', { path: params })
  const counts = useApi('/api/v1/workflows/{workflowId}/item-counts', { path: params }).data?.data
  const [isGuideOpen, guide] = useDisclosure()
  useTitle(state ?? 'Items', 'page')
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <StateFilter workflow={workflow} counts={counts} state={state} />
        {/* Where there are none, the page itself is the guide. */}
        {counts?.some(({ count }) => count > 0) && (
          <Button variant="default" onClick={guide.open}>
            How to file items
          </Button>
        )}
      </Group>
      {state === undefined || workflow.states.includes(state) ? (
        <Items workflow={workflow} state={state} />
      ) : (
        <EmptyState title={`There is no state “${state}”`} action={<AllItems {...params} />}>
          It may have been removed from the workflow’s settings since the link was made.
        </EmptyState>
      )}
      <FilingDialog workflowId={params.workflowId} isOpen={isGuideOpen} onClose={guide.close} />
    </>
  )
}

function Items({ workflow, state }: { workflow: Schema<'Workflow'>; state: string | undefined }) {
  const { workflowId } = workflow
  const list = useApiList('/api/v1/workflows/{workflowId}/items', { path: { workflowId }, query: { state } })
  return (
    <ListBody
      list={list}
      what="items"
      empty={
        state === undefined ? (
          <NoItems workflowId={workflowId} />
        ) : (
          <EmptyState title={`No items in “${state}”`} action={<AllItems workflowId={workflowId} />} />
        )
      }
    >
      {(items) => <ItemTable workflow={workflow} items={items} />}
    </ListBody>
  )
}

function NoItems({ workflowId }: { workflowId: string }) {
  return <EmptyState title="No items yet" action={<FilingGuide workflowId={workflowId} />} />
}

function AllItems({ workflowId }: { workflowId: string }) {
  return (
    <ButtonLink to="/workflows/$workflowId/items" params={{ workflowId }} variant="default">
      Show all items
    </ButtonLink>
  )
}
