import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { actors } from '../../test/support/test-app.ts'
import { createEncryption } from '../base/encryption.ts'
import type { Database } from '../database/database.ts'
import { createIdempotency, type Idempotency } from './idempotency.ts'

const DAY_MS = 86_400_000
const encryption = createEncryption(randomBytes(32).toString('base64'))
let now: number
let rows: Map<string, Row>
let database: Database
let idempotency: Idempotency
/** How often the call was done. */
let done: number

beforeEach(() => {
  now = Date.parse('2026-11-23T21:00:00Z')
  done = 0
  rows = new Map()
  database = {
    run: async (statement: { name: string }, values: unknown[]) => runOn(rows, statement.name, values),
  } as never
  idempotency = createIdempotency({ database, encryption, now: () => now })
})

test('a call that is repeated with its key is done once, and answers the same', async () => {
  const answers = [await call({}), await call({})]
  expect(answers).toEqual([
    { status: 201, body: { number: 1 } },
    { status: 201, body: { number: 1 } },
  ])
  expect(done).toBe(1)
})

test('a call without a key is done as often as it comes', async () => {
  await call({ key: undefined })
  await call({ key: undefined })
  expect(done).toBe(2)
})

test('only a POST has an Idempotency-Key', async () => {
  await call({ method: 'PATCH' })
  await call({ method: 'PATCH' })
  expect(done).toBe(2)
})

test.each([
  ['another caller', { role: 'admin' }],
  ['another path', { url: '/api/v1/other' }],
  ['another key', { key: 'other' }],
])('%s makes another call of it', async (_, other) => {
  await call({})
  await call(other)
  expect(done).toBe(2)
})

test('the query is no part of the route', async () => {
  await call({})
  await call({ url: '/api/v1/profiles?x' })
  expect(done).toBe(1)
})

test('another body with the same key is refused', async () => {
  await call({})
  await expect(call({ body: { name: 'other' } })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
})

describe('while the first call is under way', () => {
  test('the same call is told so, and another body that the key is taken', async () => {
    const gate = Promise.withResolvers<void>()
    const first = call({ until: gate.promise })
    await expect(call({})).rejects.toMatchObject({ code: 'idempotency_key_in_progress' })
    await expect(call({ body: {} })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    gate.resolve()
    await first
    expect(await call({})).toEqual(await first)
  })
})

test('a call that failed changed nothing, and its key may be used again', async () => {
  await expect(call({ until: Promise.reject(new Error('no')) })).rejects.toThrow('no')
  await call({ body: { name: 'mended' } })
  expect(done).toBe(1)
})

test('after 24 hours a key is as new, and its row is taken over', async () => {
  await call({})
  now += DAY_MS - 1
  await call({})
  expect(done).toBe(1)
  now += 1
  expect(await call({})).toMatchObject({ body: { number: 2 } })
  expect(rows.size).toBe(1)
})

test('of two nodes that do the same call one is rolled back, and answers what the other did', async () => {
  const other = createIdempotency({ database, encryption, now: () => now })
  const answer = await idempotency.answer(requestOf({}), async (keep) => {
    // Found no answer; now the other node is faster.
    const faster = { status: 201, body: { number: 42 } }
    await other.answer(requestOf({}), async (keepOther) => {
      await keepOther!(database, faster)
      return faster
    })
    const slower = { status: 201, body: { number: 43 } }
    await keep!(database, slower)
    return slower
  })
  expect(answer).toEqual({ status: 201, body: { number: 42 } })
})

test('of two nodes that get one key with two bodies, the slower refuses', async () => {
  const other = createIdempotency({ database, encryption, now: () => now })
  const slower = idempotency.answer(requestOf({}), async (keep) => {
    const faster = { status: 201, body: {} }
    await other.answer(requestOf({ body: { name: 'other' } }), async (keepOther) => {
      await keepOther!(database, faster)
      return faster
    })
    await keep!(database, { status: 201, body: {} })
    throw new Error('not reached')
  })
  await expect(slower).rejects.toMatchObject({ code: 'idempotency_key_reused' })
})

test('a call whose COMMIT got through, but not its confirmation, is answered as done', async () => {
  const answer = await idempotency.answer(requestOf({}), async (keep) => {
    await keep!(database, { status: 201, body: { number: 1 } })
    throw new Error('Connection terminated unexpectedly')
  })
  expect(answer).toEqual({ status: 201, body: { number: 1 } })
})

test('kept answers are encrypted', async () => {
  await call({ secret: 'whsec_visible' })
  const [row] = [...rows.values()]
  expect(row!.answer.includes('whsec_visible')).toBe(false)
})

test('both statements are sent before the first wait, so that a COMMIT may follow at once', async () => {
  const sent: string[] = []
  await idempotency.answer(requestOf({}), async (keep) => {
    const transaction = {
      run: async (statement: { name: string }) => {
        sent.push(statement.name)
        return []
      },
    }
    const kept = keep!(transaction, { status: 201, body: {} })
    expect(sent).toHaveLength(2)
    await kept
    return { status: 201, body: {} }
  })
})

test.each(['', 'ä', 'x'.repeat(256)])('the key “%s” is refused by the header’s name', async (key) => {
  await expect(async () => call({ key })).rejects.toMatchObject({
    code: 'validation_failed',
    fields: [{ field: 'Idempotency-Key' }],
  })
})

type CallOptions = {
  key?: string | undefined
  role?: string
  method?: string
  url?: string
  body?: unknown
  until?: Promise<void>
  secret?: string
}

function requestOf({ role = 'operator', method = 'POST', url = '/api/v1/profiles', ...rest }: CallOptions) {
  const key = 'key' in rest ? rest.key : 'k'
  return {
    method,
    url,
    body: rest.body ?? { name: 'Acme' },
    headers: { ...(key !== undefined && { 'idempotency-key': key }) },
    actor: actors[role],
  } as unknown as FastifyRequest
}

function call(options: CallOptions) {
  return idempotency.answer(requestOf(options), async (keep) => {
    await options.until
    const answer = {
      status: 201,
      body: { number: ++done, ...(options.secret && { secret: options.secret }) },
    }
    await keep?.(database, answer)
    return answer
  })
}

type Row = { request_hash: Buffer; status: number; answer: Buffer; created_at: Date }

/** The table, as far as the statements use it. */
function runOn(table: Map<string, Row>, statement: string, values: unknown[]): unknown[] {
  const id = values.slice(0, 3).join('\n')
  const row = table.get(id)
  if (statement === 'read-idempotent-answer') return row && row.created_at > (values[3] as Date) ? [row] : []
  if (statement === 'remove-old-idempotent-answer') {
    if (row && row.created_at <= (values[3] as Date)) table.delete(id)
    return []
  }
  if (row)
    throw Object.assign(new pg.DatabaseError('duplicate key', 0, 'error'), {
      code: '23505',
      constraint: 'idempotent_answer_pkey',
    })
  const [, , , requestHash, status, answer, createdAt] = values
  table.set(id, { request_hash: requestHash, status, answer, created_at: createdAt } as Row)
  return []
}
