import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { createAttempter } from './attempt.ts'
import type { Destination, Destinations, UnreadableDestination } from './destination.ts'
import type { Sender, SendResult } from './send.ts'
import type { Taken } from './take.ts'

const taken: Taken = {
  webhookId: 'whk_1',
  position: 1,
  deliveryId: 'dlv_1',
  eventId: 'evt_1',
  itemId: 'itm_1',
  body: Buffer.from('{}'),
  failures: 2,
  isReplay: false,
  isTest: false,
  isRetry: true,
  attempt: 3,
}

test('where the database does not tell the destination, nothing is sent, no retry is used up, and it is tried again', async () => {
  const attempter = createAttempter({
    sender: { send: () => Promise.reject(new Error('nothing must be sent')) } as unknown as Sender,
    destinations: { get: () => Promise.reject(new Error('connection lost')) } as unknown as Destinations,
    retryDelaysMs: [1, 2, 3, 4],
    timeoutMs: 1_000,
    clock: { now: () => 5, monotonicMs: () => 5 },
    random: () => 0,
    version: '1',
    log: pino({ level: 'silent' }),
  })
  expect(await attempter.attempt(taken, { webhookId: 'whk_1', epoch: 1 }, 7)).toMatchObject({
    attempt: 3,
    outcome: 'unknown',
    error: { code: 'configuration_unread' },
    follow: { next: 'retry', failures: 2 },
  })
})

const SECRET = 'the-secret-of-the-webhook'
const PREVIOUS = 'the-secret-before-that-one'
const HEADER_VALUE = 'a-value-of-a-custom-header'
const BODY = '{"alert":{"subject":"of no concern to who reads logs"}}'
const about = {
  webhookVersion: 1,
  url: 'https://receiver.example:8443/a/token?key=token',
  host: 'receiver.example:8443',
}
const destination: Destination = {
  ...about,
  secret: SECRET,
  previousSecret: { secret: PREVIOUS, until: Number.POSITIVE_INFINITY },
  headers: { authorization: HEADER_VALUE },
}

/** The line of an attempt that got this answer, as it is written. */
async function logOf(
  answer: Partial<SendResult>,
  { to = destination as Destination | UnreadableDestination, failures = 0 } = {},
): Promise<string> {
  const lines: string[] = []
  const sent = { outcome: 'failed', durationMs: 12.3456, ...answer }
  const attempter = createAttempter({
    sender: { send: async () => sent } as unknown as Sender,
    destinations: { get: async () => to } as unknown as Destinations,
    retryDelaysMs: [15_000],
    timeoutMs: 1_000,
    clock: { now: () => 5, monotonicMs: () => 5 },
    random: () => 0,
    version: '1',
    log: pino({ base: null }, { write: (line) => lines.push(line) }),
  })
  const first = { ...taken, body: Buffer.from(BODY), attempt: failures + 1, failures }
  await attempter.attempt(first, { webhookId: 'whk_1', epoch: 1 }, 1)
  expect(lines).toHaveLength(1)
  return lines[0]!
}

const line = {
  level: 30,
  time: expect.any(Number),
  msg: 'attempt',
  deliveryId: 'dlv_1',
  eventId: 'evt_1',
  webhookId: 'whk_1',
  attempt: 1,
  host: 'receiver.example:8443',
  durationMs: 12.346,
}

describe('the line of an attempt has all that an operator needs, and nothing else', () => {
  test('a success', async () => {
    const log = await logOf({ outcome: 'succeeded', statusCode: 204 })
    expect(JSON.parse(log)).toEqual({ ...line, outcome: 'succeeded', statusCode: 204, next: 'succeeded' })
  })

  test('a failure with a status, which is tried again', async () => {
    const log = await logOf({ statusCode: 503, retryAfter: '60' })
    const expected = { ...line, outcome: 'failed', statusCode: 503, next: 'retry', retryInMs: 60_000 }
    expect(JSON.parse(log)).toEqual(expected)
  })

  test('a failure without a status, which was the last', async () => {
    const log = await logOf({ error: { code: 'timeout', message: 'No response.' } }, { failures: 1 })
    expect(JSON.parse(log)).toEqual({
      ...line,
      attempt: 2,
      outcome: 'failed',
      error: 'timeout',
      next: 'failed',
      reason: 'retries_exhausted',
    })
  })

  test('one that the end of the service cut off', async () => {
    const log = await logOf({ error: { code: 'stopped', message: 'The service was stopped.' } })
    const expected = { ...line, outcome: 'unknown', error: 'stopped', next: 'retry', retryInMs: 0 }
    expect(JSON.parse(log)).toEqual(expected)
  })

  test('one that was never made, since the secret cannot be read', async () => {
    const log = await logOf({}, { to: { ...about, unreadable: `not decrypted: ${SECRET}` } })
    const failed = {
      outcome: 'failed',
      error: 'secret_unreadable',
      next: 'failed',
      reason: 'secret_unreadable',
    }
    expect(JSON.parse(log)).toEqual({ ...line, durationMs: 0, ...failed })
  })

  test('whatever a receiver echoes, no secret, no signature, no header, no body and no path comes in', async () => {
    const echoed = `${SECRET} ${PREVIOUS} ${HEADER_VALUE} ${BODY}`
    const log = await logOf({
      statusCode: 500,
      error: { code: 'tls_failed', message: `The certificate names ${echoed}.` },
      responseHeaders: [['x-echo', echoed]],
      responseBody: Buffer.from(echoed),
      remoteAddress: '203.0.113.7',
    })
    for (const kept of [SECRET, PREVIOUS, HEADER_VALUE, 'concern', 'v1,', 'token', 'x-echo', '203.0.113'])
      expect(log).not.toContain(kept)
  })
})
