import { fieldErrors, idempotencyKeySchema } from '@workflow-webhooks/contract'
import type { FastifyRequest } from 'fastify'
import type { Encryption } from '../base/encryption.ts'
import { AppError } from '../base/errors.ts'
import type { Database } from '../database/database.ts'
import type { StatementRunner } from '../database/statement.ts'
import {
  type Answer,
  hashRequest,
  type IdempotentCall,
  keepAnswer,
  readAnswer,
} from './idempotent-answers.ts'
import { requestPath } from './request-path.ts'

/**
 * Keeps the answer of a call in the transaction of what the call does. It sends its statements before its first wait.
 */
export type Keep = <Body>(transaction: StatementRunner, answer: Answer<Body>) => Promise<void>

/** Answers calls so that one that is repeated with its `Idempotency-Key` is done once. */
export type Idempotency = {
  /**
   * Runs a call, or gives the answer that it had before (a `POST` only). `run` gets `keep` where the call has a key,
   * and must call it in the transaction of what it does. What fails changed nothing, so it is not kept: the key may be
   * used again.
   *
   * @throws AppError validation_failed, idempotency_key_reused, idempotency_key_in_progress
   */
  answer<Body>(
    request: FastifyRequest,
    run: (keep: Keep | undefined) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>>
}

/** A key is looked for among the calls under way on this node, then among the answers in the database. */
export function createIdempotency(options: {
  database: Database
  encryption: Encryption
  now: () => number
}): Idempotency {
  const { database, encryption, now } = options
  /** The hashes of the requests under way. */
  const underWay = new Map<string, Buffer>()

  return {
    answer(request, run) {
      const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined
      return key === undefined ? run(undefined) : answerOnce(request, requireKey(key), run)
    },
  }

  async function answerOnce<Body>(
    request: FastifyRequest,
    key: string,
    run: (keep: Keep | undefined) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    const route = `${request.method} ${requestPath(request)}`
    const call = { caller: request.actor.actorId, route, key }
    const requestHash = hashRequest(request.body)
    const name = `${call.caller} ${route} ${key}`
    const running = underWay.get(name)
    if (running !== undefined) {
      requireSameRequest(running, requestHash)
      throw new AppError('idempotency_key_in_progress', 'The first call with this key is not done yet.')
    }
    underWay.set(name, requestHash)
    try {
      const kept = await findAnswer<Body>(call, requestHash)
      if (kept) return kept
      return await run((transaction, answer) =>
        keepAnswer(transaction, call, { requestHash, answer }, encryption, now()),
      )
    } catch (error) {
      if (error instanceof AppError) throw error
      // Another node did the same call meanwhile, and what was done here is rolled back; or the connection was lost
      // with the COMMIT on its way: if the answer is there, so is what the call did.
      const kept = await findAnswer<Body>(call, requestHash).catch((cause: unknown) => cause)
      if (kept instanceof AppError) throw kept
      if (kept === undefined || kept instanceof Error) throw error
      return kept as Answer<Body>
    } finally {
      underWay.delete(name)
    }
  }

  async function findAnswer<Body>(
    call: IdempotentCall,
    requestHash: Buffer,
  ): Promise<Answer<Body> | undefined> {
    const kept = await readAnswer(database, call, encryption, now())
    if (kept) requireSameRequest(kept.requestHash, requestHash)
    return kept?.answer as Answer<Body> | undefined
  }
}

function requireKey(key: string | string[]): string {
  const result = idempotencyKeySchema.safeParse(key)
  if (result.success) return result.data
  const fields = fieldErrors(result.error, 'Idempotency-Key')
  throw new AppError('validation_failed', `Idempotency-Key ${fields[0]!.message}.`, { fields })
}

function requireSameRequest(first: Buffer, second: Buffer): void {
  if (!first.equals(second))
    throw new AppError('idempotency_key_reused', 'This key came before with another body; use a new one.')
}
