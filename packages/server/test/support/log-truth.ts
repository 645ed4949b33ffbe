import type { ReceiverProcess } from '@workflow-webhooks/testkit'
import { expect } from 'vitest'
import type { Database } from '../../src/database/database.ts'

/**
 * Compares the log with what a receiver counted: each request is there as an attempt, once, and each attempt came in,
 * but for those that a crash cut off, of which nobody knows.
 */
export async function expectLogToBeTrue(
  { kysely }: Database,
  receiver: Pick<ReceiverProcess, 'arrivals' | 'summarize'>,
): Promise<void> {
  const rows = await kysely.selectFrom('attempt').select(['delivery_id', 'attempt', 'outcome']).execute()
  const outcomes = new Map(rows.map((row) => [`${row.delivery_id}#${row.attempt}`, row.outcome]))
  const received = await receiver.arrivals('attemptId')
  expect([...received].filter(([, times]) => times.length > 1)).toEqual([])
  expect([...received.keys()].filter((attemptId) => !outcomes.has(attemptId))).toEqual([])
  const notReceived = [...outcomes].filter(([attemptId]) => !received.has(attemptId))
  expect(notReceived.filter(([, outcome]) => outcome !== 'unknown')).toEqual([])
  expect((await receiver.summarize()).total).toBe(rows.length - notReceived.length)
}
