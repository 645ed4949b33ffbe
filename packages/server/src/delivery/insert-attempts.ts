import { byteaArray, plainArray, textArray, timestampArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import type { AttemptResult, Settled } from './settle.ts'

const INSERT_ATTEMPTS = `
  INSERT INTO attempt (delivery_id, attempt, webhook_version, started_at, duration_ms, outcome, status_code,
                       error_code, error_message, detail, response_body, late)
  SELECT delivery_id, attempt, webhook_version, started_at, duration_ms, outcome, status_code,
         error_code, error_message, detail, response_body, late
  FROM unnest($1::text[], $2::integer[], $3::integer[], $4::timestamptz[], $5::real[], $6::text[], $7::smallint[],
              $8::text[], $9::text[], $10::text[], $11::bytea[], $12::boolean[])
    AS new (delivery_id, attempt, webhook_version, started_at, duration_ms, outcome, status_code,
            error_code, error_message, detail, response_body, late)`

const insertAttemptsStatement = statement('insert-attempts', INSERT_ATTEMPTS)

const insertDisputedAttemptsStatement = statement(
  'insert-disputed-attempts',
  `${INSERT_ATTEMPTS}
   ON CONFLICT (delivery_id, attempt) DO UPDATE
   SET duration_ms = excluded.duration_ms, outcome = excluded.outcome, status_code = excluded.status_code,
       error_code = excluded.error_code, error_message = excluded.error_message, detail = excluded.detail,
       response_body = excluded.response_body, late = excluded.late
   WHERE attempt.outcome = 'unknown' AND excluded.outcome <> 'unknown'`,
)

/**
 * Two owners may speak of one attempt: the one that made it, late, and the next one, which knows of no end. The end
 * that is known wins, whoever is first. What is written a second time changes nothing.
 */
export async function insertAttempts(
  transaction: StatementRunner,
  results: AttemptResult[],
  settled: Settled[],
): Promise<void> {
  const attempts = results.map((result, index) => ({ result, isLate: settled[index]!.isLate }))
  const isDisputed = ({ result, isLate }: EndedAttempt): boolean =>
    isLate || result.outcome === 'unknown' || result.isRepeated === true
  const disputed = attempts.filter(isDisputed)
  const plain = disputed.length === 0 ? attempts : attempts.filter((attempt) => !isDisputed(attempt))
  await Promise.all([
    plain.length > 0 && transaction.run(insertAttemptsStatement, attemptValues(plain)),
    disputed.length > 0 && transaction.run(insertDisputedAttemptsStatement, attemptValues(disputed)),
  ])
}

type EndedAttempt = { result: AttemptResult; isLate: boolean }

function attemptValues(attempts: EndedAttempt[]): unknown[] {
  const results = attempts.map(({ result }) => result)
  return [
    textArray(results.map((result) => result.deliveryId)),
    plainArray(results.map((result) => result.attempt)),
    plainArray(results.map((result) => result.webhookVersion)),
    timestampArray(results.map((result) => result.startedAt)),
    plainArray(results.map((result) => result.durationMs)),
    textArray(results.map((result) => result.outcome)),
    plainArray(results.map((result) => result.statusCode ?? null)),
    textArray(results.map((result) => result.error?.code ?? null)),
    textArray(results.map((result) => result.error?.message ?? null)),
    textArray(results.map((result) => result.detailJson)),
    byteaArray(results.map((result) => result.responseBody)),
    plainArray(attempts.map(({ isLate }) => isLate)),
  ]
}
