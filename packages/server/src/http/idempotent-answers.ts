import { createHash } from 'node:crypto'
import type { Encryption } from '../base/encryption.ts'
import type { Database } from '../database/database.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import { type Removal, STEP_ROWS } from '../retention/removal.ts'

/** What makes calls the same call: who made it, what it was (method and path), and the key that came with it. */
export type IdempotentCall = { caller: string; route: string; key: string }

/** The answer of a call. */
export type Answer<Body> = { status: number; body: Body }

/** An answer as it is kept, with the SHA-256 of the request that it is to. */
export type KeptAnswer = { requestHash: Buffer; answer: Answer<unknown> }

/** For how long an answer is kept. */
const KEPT_MS = 24 * 60 * 60 * 1_000

const readAnswerStatement = statement<{ request_hash: Buffer; status: number; answer: Buffer }>(
  'read-idempotent-answer',
  `SELECT request_hash, status, answer FROM idempotent_answer
   WHERE caller = $1 AND route = $2 AND key = $3 AND created_at > $4`,
)

const removeOldAnswerStatement = statement(
  'remove-old-idempotent-answer',
  `DELETE FROM idempotent_answer WHERE caller = $1 AND route = $2 AND key = $3 AND created_at <= $4`,
)

const keepAnswerStatement = statement(
  'keep-idempotent-answer',
  `INSERT INTO idempotent_answer (caller, route, key, request_hash, status, answer, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
)

const removeExpiredStatement = statement<{ removed: number }>(
  'remove-expired-idempotent-answers',
  `WITH expired AS MATERIALIZED (
     SELECT caller, route, key FROM idempotent_answer WHERE created_at <= $1 ORDER BY created_at LIMIT ${STEP_ROWS}
   ), removed AS (
     DELETE FROM idempotent_answer AS answer USING expired
     WHERE answer.caller = expired.caller AND answer.route = expired.route AND answer.key = expired.key
       AND answer.created_at <= $1
     RETURNING 1
   )
   SELECT count(*)::integer AS removed FROM removed`,
)

/** The answer that is kept for a call, if one of the last 24 hours is. @throws Error if it cannot be decrypted */
export async function readAnswer(
  database: StatementRunner,
  { caller, route, key }: IdempotentCall,
  encryption: Encryption,
  now: number,
): Promise<KeptAnswer | undefined> {
  const [row] = await database.run(readAnswerStatement, [caller, route, key, expiry(now)])
  return (
    row && {
      requestHash: row.request_hash,
      answer: { status: row.status, body: JSON.parse(encryption.decrypt(row.answer)) },
    }
  )
}

/**
 * Keeps the answer of a call, encrypted, in the transaction of what the call did. Both statements are sent before the
 * first wait, so that they stand before a COMMIT that is sent right after.
 *
 * @throws Error of the database if another node was faster: all must be rolled back.
 */
export async function keepAnswer(
  transaction: StatementRunner,
  { caller, route, key }: IdempotentCall,
  { requestHash, answer }: KeptAnswer,
  encryption: Encryption,
  now: number,
): Promise<void> {
  const encrypted = encryption.encrypt(JSON.stringify(answer.body))
  await Promise.all([
    transaction.run(removeOldAnswerStatement, [caller, route, key, expiry(now)]),
    transaction.run(keepAnswerStatement, [
      caller,
      route,
      key,
      requestHash,
      answer.status,
      encrypted,
      new Date(now),
    ]),
  ])
}

/** Removes the answers that are older than 24 hours. */
export function createAnswerRemoval(database: Database): Removal {
  return {
    name: 'answers',
    async step(now) {
      const [row] = await database.runRelaxed(removeExpiredStatement, [expiry(now)])
      return { count: row!.removed, isDone: row!.removed < STEP_ROWS }
    },
  }
}

/** Names a request by its body as it was understood: white space and the order of fields make no other request. */
export function hashRequest(body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(body ?? {}))
    .digest()
}

function expiry(now: number): Date {
  return new Date(now - KEPT_MS)
}
