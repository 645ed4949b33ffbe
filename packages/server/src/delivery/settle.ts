import { plainArray, textArray } from '../database/array-parameters.ts'
import { isRequirementUnmet, requireThat } from '../database/conflict.ts'
import type { Database, Transaction } from '../database/database.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import { insertAttempts } from './insert-attempts.ts'
import type { Lease } from './lease.ts'
import { unblock } from './unblock.ts'

/** How an attempt ended. `unknown`: a crash hid its end, or the service stopped before it came. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'unknown'

/** What becomes of a delivery after an attempt. */
export type Next =
  | { next: 'succeeded' }
  /** `failures`: attempts so far that used up a retry. */
  | { next: 'retry'; delayMs: number; failures: number }
  | { next: 'failed'; reason: string }

/** An attempt that has ended, and what follows. */
export type AttemptResult = Lease & {
  position: number
  deliveryId: string
  eventId: string
  itemId: string
  isReplay: boolean
  isTest: boolean
  attempt: number
  webhookVersion: number
  /** Milliseconds since the epoch. */
  startedAt: number
  durationMs: number | null
  outcome: AttemptOutcome
  statusCode?: number | undefined
  error?: { code: string; message: string } | undefined
  /** What else the log shows of the answer, as JSON; without secrets. */
  detailJson: string | null
  responseBody: Buffer | null
  follow: Next
  /** It may have been written before, by a transaction whose end is not known. */
  isRepeated?: boolean
}

/** What became of a result that was written. */
export type Settled = {
  /** How its delivery ended; null where it is tried again, or another owner's. */
  status: FinalStatus | null
  /** The lease had ended: the attempt is on record, but its delivery is another owner's. */
  isLate: boolean
  /** Until the delivery is due again, where it was not settled; milliseconds. */
  retryMs: number | null
  /** Whether deliveries of the lane that waited for another one may begin now. */
  hasFreed: boolean
}

type FinalStatus = 'succeeded' | 'failed' | 'canceled'
type Final = { result: AttemptResult; status: FinalStatus; reason: string | null }
type Retry = { result: AttemptResult; delayMs: number; failures: number }

/**
 * Writes the results of attempts, of many lanes at once, in one transaction: attempts into the log; what is settled
 * out of the queue, and the delivery behind it in its item freed; what failed back into the queue with its due time.
 * Only the owner of a lane changes its state. A delivery that was canceled while in flight ends as such unless it
 * succeeded.
 *
 * Nearly always no lease has ended and nothing was canceled: so that is not looked for, but required by a transaction
 * that travels in one flight. If it does not hold, nothing is stored, and another one looks first.
 */
export async function settle(database: Database, results: AttemptResult[]): Promise<Settled[]> {
  try {
    return await settleUndisturbed(database, results)
  } catch (error) {
    if (!isRequirementUnmet(error)) throw error
    return settleWhatMayBeDisturbed(database, results)
  }
}

function settleUndisturbed(database: Database, results: AttemptResult[]): Promise<Settled[]> {
  return database.flightRelaxed('settle', async (flight) => {
    const [, settled] = await Promise.all([
      requireUndisturbed(flight, results),
      write(flight, conclude(results, new Map())),
    ])
    return settled
  })
}

function settleWhatMayBeDisturbed(database: Database, results: AttemptResult[]): Promise<Settled[]> {
  return database.transactionRelaxed(async (transaction) => {
    const [current, canceled] = await Promise.all([
      fence(transaction, results),
      leaveQueue(transaction, results),
    ])
    return transaction.commitBehind(write(transaction, conclude(results, canceled, current)))
  })
}

/** What follows of each result, and what has to be written of it. */
type Conclusion = { results: AttemptResult[]; settled: Settled[]; finals: Final[]; retries: Retry[] }

/** `canceled`: why, by position; `current`: the lanes whose lease goes on, all of them unless given. */
function conclude(
  results: AttemptResult[],
  canceled: ReadonlyMap<number, string>,
  current?: ReadonlySet<string>,
): Conclusion {
  const finals: Final[] = []
  const retries: Retry[] = []
  const settled = results.map((result): Settled => {
    if (current?.has(leaseKey(result)) === false)
      return { status: null, isLate: true, retryMs: null, hasFreed: false }
    const cancelReason = canceled.get(result.position)
    const { follow } = result
    if (follow.next === 'retry' && cancelReason === undefined) {
      retries.push({ result, delayMs: follow.delayMs, failures: follow.failures })
      return { status: null, isLate: false, retryMs: follow.delayMs, hasFreed: false }
    }
    const final = toFinal(result, cancelReason)
    finals.push(final)
    return { status: final.status, isLate: false, retryMs: null, hasFreed: false }
  })
  return { results, settled, finals, retries }
}

async function write(
  runner: StatementRunner,
  { results, settled, finals, retries }: Conclusion,
): Promise<Settled[]> {
  const [freed] = await Promise.all([
    settleDeliveries(runner, finals),
    insertAttempts(runner, results, settled),
    retries.length > 0 && runner.run(retryStatement, retryValues(retries)),
  ])
  return settled.map((one, index) => ({ ...one, hasFreed: freed.has(results[index]!.webhookId) }))
}

function toFinal(result: AttemptResult, cancelReason: string | undefined): Final {
  const { follow } = result
  if (follow.next === 'succeeded') return { result, status: 'succeeded', reason: null }
  if (cancelReason !== undefined) return { result, status: 'canceled', reason: cancelReason }
  return { result, status: 'failed', reason: (follow as { reason: string }).reason }
}

const LOCK_LANES = `
  SELECT lane.webhook_id, lane.epoch FROM unnest($1::text[], $2::bigint[]) AS mine (webhook_id, epoch)
  JOIN lane ON lane.webhook_id = mine.webhook_id AND lane.epoch = mine.epoch
  ORDER BY lane.webhook_id FOR KEY SHARE OF lane`

const fenceStatement = statement<{ webhook_id: string; epoch: number }>('fence', LOCK_LANES)

const requireLeasesStatement = statement(
  'require-leases',
  `WITH held AS MATERIALIZED (${LOCK_LANES})
   ${requireThat('count(*) = cardinality($1::text[])')} FROM held`,
)

/** The lanes whose epoch is still the one of the results; their rows stay locked until the transaction ends. */
async function fence(transaction: Transaction, results: AttemptResult[]): Promise<Set<string>> {
  const rows = await transaction.run(fenceStatement, leaseValues(results))
  return new Set(rows.map((row) => leaseKey({ webhookId: row.webhook_id, epoch: row.epoch })))
}

function leaseValues(results: AttemptResult[]): unknown[] {
  const leases = [...new Map(results.map((result) => [leaseKey(result), result])).values()]
  return [textArray(leases.map(({ webhookId }) => webhookId)), plainArray(leases.map(({ epoch }) => epoch))]
}

function leaseKey({ webhookId, epoch }: Lease): string {
  return `${webhookId} ${epoch}`
}

const LEAVE_QUEUE = `
  DELETE FROM pending
  USING unnest($1::bigint[], $2::text[], $3::bigint[], $4::boolean[])
    AS ended (position, webhook_id, epoch, is_final)
  JOIN lane ON lane.webhook_id = ended.webhook_id AND lane.epoch = ended.epoch
  WHERE pending.position = ended.position AND (ended.is_final OR pending.cancel_reason IS NOT NULL)
  RETURNING pending.position, pending.cancel_reason`

const leaveQueueStatement = statement<{ position: number; cancel_reason: string }>(
  'leave-queue',
  `WITH gone AS (${LEAVE_QUEUE})
   SELECT position, cancel_reason FROM gone WHERE cancel_reason IS NOT NULL`,
)

const leaveQueueUncanceledStatement = statement(
  'leave-queue-uncanceled',
  `WITH gone AS (${LEAVE_QUEUE}) ${requireThat('count(cancel_reason) = 0')} FROM gone`,
)

/**
 * Takes out of the queue what is settled, and what was canceled while in flight. Gives back why the latter was, by
 * position. A statement of its own, behind the one that locks the lanes: so it sees all that was changed before.
 */
async function leaveQueue(transaction: Transaction, results: AttemptResult[]): Promise<Map<number, string>> {
  const rows = await transaction.run(leaveQueueStatement, queueValues(results))
  return new Map(rows.map((row) => [row.position, row.cancel_reason]))
}

function queueValues(results: AttemptResult[]): unknown[] {
  return [
    plainArray(results.map(({ position }) => position)),
    textArray(results.map(({ webhookId }) => webhookId)),
    plainArray(results.map(({ epoch }) => epoch)),
    plainArray(results.map(({ follow }) => follow.next !== 'retry')),
  ]
}

/** Does what `fence` and `leaveQueue` do; fails (`isRequirementUnmet`) where they would have something to tell. */
async function requireUndisturbed(transaction: StatementRunner, results: AttemptResult[]): Promise<void> {
  await Promise.all([
    transaction.run(requireLeasesStatement, leaseValues(results)),
    transaction.run(leaveQueueUncanceledStatement, queueValues(results)),
  ])
}

const settleDeliveriesStatement = statement(
  'settle-deliveries',
  `UPDATE delivery SET status = settled.status, reason = settled.reason, attempt_count = settled.attempt_count,
                       settled_at = clock_timestamp()
   FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[])
     AS settled (delivery_id, status, reason, attempt_count)
   WHERE delivery.delivery_id = settled.delivery_id AND delivery.status = 'pending'`,
)

/** Gives back the webhooks in whose lanes something was freed. */
async function settleDeliveries(transaction: StatementRunner, finals: Final[]): Promise<Set<string>> {
  if (finals.length === 0) return new Set()
  const results = finals.map(({ result }) => result)
  const unsuccessful = finals.filter(({ status }) => status !== 'succeeded')
  const [, freed] = await Promise.all([
    transaction.run(settleDeliveriesStatement, [
      textArray(results.map((result) => result.deliveryId)),
      textArray(finals.map(({ status }) => status)),
      textArray(finals.map(({ reason }) => reason)),
      plainArray(results.map((result) => result.attempt)),
    ]),
    unblock(transaction, results),
    unsuccessful.length > 0 && listUnsuccessful(transaction, unsuccessful),
  ])
  return freed
}

const listUnsuccessfulStatement = statement(
  'list-unsuccessful',
  `INSERT INTO unsuccessful_delivery (webhook_id, status, delivery_id)
   SELECT settled.webhook_id, settled.status, settled.delivery_id
   FROM unnest($1::text[], $2::text[], $3::text[]) AS settled (webhook_id, status, delivery_id)
   JOIN delivery ON delivery.delivery_id = settled.delivery_id AND delivery.status = settled.status
   ON CONFLICT DO NOTHING`,
)

/** Behind the statement that settles them: see docs/decisions/0016-a-list-of-what-did-not-arrive.md. */
async function listUnsuccessful(transaction: StatementRunner, finals: Final[]): Promise<void> {
  await transaction.run(listUnsuccessfulStatement, [
    textArray(finals.map(({ result }) => result.webhookId)),
    textArray(finals.map(({ status }) => status)),
    textArray(finals.map(({ result }) => result.deliveryId)),
  ])
}

const retryStatement = statement(
  'retry',
  `UPDATE pending SET due_at = clock_timestamp() + retry.delay_ms * interval '1 millisecond',
                      failures = retry.failures, begun_at = NULL
   FROM unnest($1::bigint[], $2::double precision[], $3::integer[]) AS retry (position, delay_ms, failures)
   WHERE pending.position = retry.position`,
)

function retryValues(retries: Retry[]): unknown[] {
  return [
    plainArray(retries.map(({ result }) => result.position)),
    plainArray(retries.map(({ delayMs }) => delayMs)),
    plainArray(retries.map(({ failures }) => failures)),
  ]
}
