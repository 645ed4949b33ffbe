import { Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { StatusText } from '../parts/status.tsx'
import { deliveryReason } from '../webhook/delivery-reason.ts'
import { attemptResult, remedyOf } from './attempt-words.ts'
import { Exchange } from './exchange.tsx'
import { useDelivery } from './use-delivery.ts'

/** What became of a test event: sending, delivered, or failed and what to do about it. */
export function TestResult({ deliveryId }: { deliveryId: string }) {
  const { data: delivery, error } = useDelivery(deliveryId)
  if (delivery === undefined) return error ? <ProblemAlert error={error} /> : <Sending />
  const attempt = delivery.attempts.at(-1)
  return (
    <>
      <div role="status">
        <Outcome delivery={delivery} attempt={attempt} />
      </div>
      {attempt?.request !== undefined && <Exchange attempt={attempt} body={delivery.body} />}
    </>
  )
}

type Props = { delivery: Schema<'DeliveryDetail'>; attempt: Schema<'Attempt'> | undefined }

function Outcome({ delivery: { status, reason }, attempt }: Props) {
  if (status === 'pending') return <Sending />
  if (status === 'canceled')
    return <StatusText state="off">{`Canceled: ${deliveryReason(reason ?? '')}`}</StatusText>
  if (attempt === undefined) return <StatusText state="failed">{deliveryReason(reason ?? '')}</StatusText>
  const remedy = remedyOf(attempt)
  return (
    <>
      {status === 'succeeded' ? (
        <StatusText state="delivered">{`Delivered: ${attemptResult(attempt)}`}</StatusText>
      ) : (
        <StatusText state="failed">{`Failed: ${attemptResult(attempt)}`}</StatusText>
      )}
      {remedy !== undefined && <Text size="sm">{remedy}</Text>}
    </>
  )
}

function Sending() {
  return <StatusText state="retrying">Sending…</StatusText>
}
