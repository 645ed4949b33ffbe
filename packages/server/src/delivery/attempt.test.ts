import pino from 'pino'
import { expect, test } from 'vitest'
import { createAttempter } from './attempt.ts'
import type { Destinations } from './destination.ts'
import type { Sender } from './send.ts'
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
