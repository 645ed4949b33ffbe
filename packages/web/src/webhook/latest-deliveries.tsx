import { Group, Title } from '@mantine/core'
import { useApiList } from '../api/queries.ts'
import { DeliveryList } from '../delivery/delivery-list.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { ListBody } from '../parts/list-body.tsx'
import type { WebhookPath } from './use-webhook.ts'

const COUNT = 5

/** The latest deliveries, with the way to all of them. */
export function LatestDeliveries(path: WebhookPath) {
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries', {
    path,
    query: { limit: COUNT },
  })
  return (
    <section aria-labelledby="latest-deliveries">
      <Group justify="space-between" align="baseline" mb="xs">
        <Title order={3} id="latest-deliveries">
          Latest deliveries
        </Title>
        <TextLink to="/workflows/$workflowId/webhooks/$webhookId/deliveries" params={path} size="sm">
          All deliveries
        </TextLink>
      </Group>
      <ListBody
        // There is a link to more.
        list={{ ...list, hasNextPage: false }}
        what="deliveries"
        empty={
          <EmptyState title="Nothing sent yet">
            The next event that matches the topics and filters goes out at once. Send a test event to see now
            whether your receiver gets it.
          </EmptyState>
        }
      >
        {(deliveries) => (
          <DeliveryList
            deliveries={deliveries}
            linkTo={(deliveryId) => ({
              to: '/workflows/$workflowId/webhooks/$webhookId/deliveries',
              params: path,
              search: { delivery: deliveryId },
            })}
          />
        )}
      </ListBody>
    </section>
  )
}
