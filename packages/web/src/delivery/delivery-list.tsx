import { Checkbox, Text } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { countText } from '../parts/count.ts'
import { deliveryStatuses } from '../parts/delivery-status.ts'
import rows from '../parts/link-rows.module.css'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { visibleText } from '../parts/visible-text.ts'
import { withoutStop } from '../parts/without-stop.ts'
import { topicsText } from '../webhook/topic-names.ts'
import classes from './delivery-list.module.css'
import { NextAttempt } from './next-attempt.tsx'

type Delivery = Schema<'Delivery'>
type Props = {
  deliveries: readonly Delivery[]
  /** Where a delivery is opened. */
  linkTo: (deliveryId: string) => Pick<LinkProps, 'to' | 'params' | 'search'>
  openId?: string | undefined
  /** What stands in place of the topics. */
  labelOf?: (delivery: Delivery) => string
  /** Ids of the deliveries that are ticked; without these two none can be. */
  chosen?: ReadonlySet<string>
  onChoose?: (chosen: ReadonlySet<string>) => void
}

/** Deliveries, newest first, one a row; a row opens the delivery. */
export function DeliveryList({ deliveries, linkTo, openId, labelOf, chosen, onChoose }: Props) {
  return (
    <ul className={rows.list}>
      {deliveries.map((delivery) => (
        <li
          key={delivery.deliveryId}
          className={`${rows.row} ${classes.row}`}
          data-open={delivery.deliveryId === openId || undefined}
          data-choosable={onChoose !== undefined || undefined}
        >
          {chosen !== undefined && onChoose !== undefined && (
            <Checkbox
              className={`${rows.above} ${classes.choose}`}
              aria-label={`Choose the delivery of ${subjectOf(delivery)}`}
              checked={chosen.has(delivery.deliveryId)}
              onChange={() => onChoose(toggled(chosen, delivery.deliveryId))}
            />
          )}
          <Link
            {...linkTo(delivery.deliveryId)}
            resetScroll={false}
            className={`${rows.link} ${classes.link}`}
            aria-label={`Open the delivery of ${subjectOf(delivery)}`}
          >
            <StatusText state={deliveryStatuses[delivery.status].state}>
              {deliveryStatuses[delivery.status].label}
            </StatusText>
          </Link>
          <bdi className={classes.subject} title={subjectOf(delivery)}>
            {subjectOf(delivery)}
          </bdi>
          <Text size="sm" c="dimmed" truncate className={classes.label!}>
            {labelOf?.(delivery) ?? topicsText(delivery.topics)}
          </Text>
          <span className={classes.result}>
            <Result delivery={delivery} />
          </span>
          <span className={classes.time}>
            <Time at={delivery.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function subjectOf({ test, subject, itemId, sequence, replayOf }: Delivery): string {
  const what = test ? 'Test event' : `${visibleText(subject ?? itemId)} · change ${sequence}`
  return replayOf === undefined ? what : `${what} · replay`
}

/** What the last attempt came to, and how many there were or when the next one comes. */
function Result({ delivery: { attemptCount, nextAttemptAt, statusCode, error } }: { delivery: Delivery }) {
  const status = statusCode === undefined ? undefined : `HTTP ${statusCode}`
  const last = error === undefined ? status : withoutStop(error)
  const made =
    attemptCount === 1 && last !== undefined ? undefined : countText(attemptCount, 'attempt', 'attempts')
  return (
    <>
      {[last, made].filter((part) => part !== undefined).join(' · ')}
      {nextAttemptAt !== undefined && (
        <>
          , next <NextAttempt at={nextAttemptAt} />
        </>
      )}
    </>
  )
}

function toggled(chosen: ReadonlySet<string>, deliveryId: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(deliveryId)) next.add(deliveryId)
  return next
}
