import { Group, Stack, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { deliveryStatuses } from '../parts/delivery-status.ts'
import { type Fact, Facts } from '../parts/facts.tsx'
import { TextLink } from '../parts/links.tsx'
import { Mono } from '../parts/mono.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { visibleText } from '../parts/visible-text.ts'
import { deliveryReason } from '../webhook/delivery-reason.ts'
import { topicsText } from '../webhook/topic-names.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import { AttemptView } from './attempt-view.tsx'
import { attemptResult } from './attempt-words.ts'
import { JsonBody } from './json-body.tsx'
import { MovedOn } from './moved-on.tsx'
import { NextAttempt } from './next-attempt.tsx'
import { ReplayButton } from './replay-button.tsx'
import { RetryNow } from './retry-now.tsx'

type Props = {
  path: WebhookPath
  delivery: Schema<'DeliveryDetail'>
  onOpen: (deliveryId: string) => void
}

/** A delivery: what became of it and why, each attempt, and what was sent. */
export function DeliveryDetail({ path, delivery, onOpen }: Props) {
  const { status, reason, attempts, body } = delivery
  return (
    <Stack gap="md">
      <div>
        <StatusText state={deliveryStatuses[status].state}>{resultOf(delivery)}</StatusText>
        {status === 'failed' && reason !== undefined && (
          <Text size="sm">No more attempts: {deliveryReason(reason)}.</Text>
        )}
        {delivery.nextAttemptAt !== undefined && (
          <Group gap="sm" mt={6}>
            <Text size="sm">
              Next attempt <NextAttempt at={delivery.nextAttemptAt} />
            </Text>
            <RetryNow path={path} delivery={delivery} />
          </Group>
        )}
      </div>
      {status !== 'pending' && <ReplayButton path={path} delivery={delivery} onOpen={onOpen} />}
      {status !== 'pending' && <MovedOn path={path} delivery={delivery} />}
      <Facts isBeside facts={factsOf(path, delivery)} />
      {attempts.length === 0 && (
        <Text size="sm">No attempt was made{status === 'pending' ? ' yet' : ''}.</Text>
      )}
      {attempts.toReversed().map((attempt, index) => (
        <AttemptView key={attempt.attempt} attempt={attempt} body={body} isOpen={index === 0} />
      ))}
      <JsonBody body={body} />
    </Stack>
  )
}

/** What became of it, as far as one can say by now. */
function resultOf({ status, reason, attempts }: Schema<'DeliveryDetail'>): string {
  const { label } = deliveryStatuses[status]
  const last = attempts.at(-1)
  if (status === 'canceled') return reason === undefined ? label : `${label}: ${deliveryReason(reason)}`
  return last === undefined ? label : `${label}: ${attemptResult(last)}`
}

function factsOf({ workflowId }: WebhookPath, delivery: Schema<'DeliveryDetail'>): Fact[] {
  const { itemId, subject, sequence, eventId, deliveryId, topics, createdAt, settledAt, replayOf } = delivery
  const item = delivery.test ? (
    'none: a test event'
  ) : (
    <>
      <TextLink to="/workflows/$workflowId/items/$itemId" params={{ workflowId, itemId }}>
        {subject === undefined ? <Mono>{itemId}</Mono> : <bdi>{visibleText(subject)}</bdi>}
      </TextLink>
      , change {sequence}
    </>
  )
  return [
    { label: 'Item', value: item },
    { label: 'Topics', value: topicsText(topics) },
    { label: 'Event', value: <Mono>{eventId}</Mono> },
    { label: 'Delivery', value: <Mono>{deliveryId}</Mono> },
    ...(replayOf === undefined ? [] : [{ label: 'Replay of', value: <Mono>{replayOf}</Mono> }]),
    { label: 'Created', value: <Time at={createdAt} format="full" /> },
    ...(settledAt === undefined ? [] : [{ label: 'Settled', value: <Time at={settledAt} format="full" /> }]),
  ]
}
