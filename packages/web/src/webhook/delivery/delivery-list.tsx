import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Schema } from '../../api/client.ts'
import { countText } from '../../parts/count.ts'
import { deliveryStatuses } from '../../parts/delivery-status.ts'
import rows from '../../parts/link-rows.module.css'
import { StatusText } from '../../parts/status.tsx'
import { Time } from '../../parts/time.tsx'
import { topicsText } from '../topic-names.ts'
import type { WebhookPath } from '../use-webhook.ts'
import classes from './delivery-list.module.css'
import { isTestDelivery } from './is-test-delivery.ts'
import { NextAttempt } from './next-attempt.tsx'

type Delivery = Schema<'Delivery'>
type Props = {
  path: WebhookPath
  deliveries: readonly Delivery[]
  /** The filter that stays when one is opened. */
  status?: string
  openId?: string
}

/** Deliveries, newest first, one a row; a row opens the delivery. */
export function DeliveryList({ path, deliveries, status, openId }: Props) {
  return (
    <ul className={rows.list}>
      {deliveries.map((delivery) => (
        <li
          key={delivery.deliveryId}
          className={`${rows.row} ${classes.row}`}
          data-open={delivery.deliveryId === openId || undefined}
        >
          <Link
            to="/workflows/$workflowId/webhooks/$webhookId/deliveries"
            params={path}
            search={{ status, delivery: delivery.deliveryId }}
            resetScroll={false}
            className={`${rows.link} ${classes.link}`}
            aria-label={`Open the delivery of ${subjectOf(delivery)}`}
          >
            <StatusText {...deliveryStatuses[delivery.status]}>
              {deliveryStatuses[delivery.status].label}
            </StatusText>
          </Link>
          <span className={classes.subject}>{subjectOf(delivery)}</span>
          <Text size="sm" c="dimmed" truncate className={classes.topics!}>
            {topicsText(delivery.topics)}
          </Text>
          <span className={classes.attempts}>
            <Attempts delivery={delivery} />
          </span>
          <span className={classes.time}>
            <Time at={delivery.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function subjectOf(delivery: Delivery): string {
  if (isTestDelivery(delivery)) return 'Test event'
  return `${delivery.itemId} · change ${delivery.sequence}`
}

function Attempts({ delivery: { attemptCount, nextAttemptAt } }: { delivery: Delivery }) {
  const made = countText(attemptCount, 'attempt', 'attempts')
  if (nextAttemptAt === undefined) return made
  return (
    <>
      {made}, next <NextAttempt at={nextAttemptAt} />
    </>
  )
}
