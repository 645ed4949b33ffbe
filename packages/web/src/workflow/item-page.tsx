import { Group, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useLoaded } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { ItemEvents } from './item-events.tsx'
import { ItemFacts } from './item-facts.tsx'
import classes from './item-page.module.css'
import { StateMenu } from './state-menu.tsx'

const route = getRouteApi('/app/workflows/$workflowId/items/$itemId')

type Path = { workflowId: string; itemId: string }

/** An item: what was found, where it stands, and what each webhook was told of it. */
export function ItemPage() {
  const path = route.useParams()
  // What a test event links to.
  return path.itemId.startsWith('test_') ? <SampleItem {...path} /> : <StoredItem {...path} />
}

function SampleItem({ workflowId }: Path) {
  return (
    <EmptyState title="This was a sample">
      A test event tells of an item that does not exist; all other events link to theirs. See the{' '}
      <TextLink to="/workflows/$workflowId/items" params={{ workflowId }} underline="always">
        items of this workflow
      </TextLink>
      .
    </EmptyState>
  )
}

function StoredItem(path: Path) {
  const workflow = useLoaded('/api/v1/workflows/{workflowId}', {
    path: { workflowId: path.workflowId },
  })
  const item = useLoaded('/api/v1/workflows/{workflowId}/items/{itemId}', { path })
  const { subject } = item.alert
  return (
    <>
      <PageHeader
        order={2}
        title={subject}
        back={
          <TextLink to="/workflows/$workflowId/items" params={path} size="sm">
            ‹ Items
          </TextLink>
        }
        actions={
          <Group gap="xs" wrap="nowrap">
            <span className={classes.label}>State</span>
            <StateMenu workflow={workflow} item={item} />
          </Group>
        }
      >
        <span className={classes.subject} title={subject}>
          {subject}
        </span>
      </PageHeader>
      <div className={classes.columns}>
        <section aria-labelledby="events">
          <Title order={3} id="events">
            Events
          </Title>
          <ItemEvents path={path} />
        </section>
        <section aria-labelledby="alert">
          <Title order={3} id="alert" mb="sm">
            Alert
          </Title>
          <ItemFacts item={item} />
        </section>
      </div>
    </>
  )
}
