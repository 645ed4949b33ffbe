import { expect, test } from 'vitest'
import { makeAlert } from './alerts.ts'
import { readArrival } from './read-arrival.ts'

const write = (payload: unknown) => Buffer.from(JSON.stringify(payload))

test('the alert, the sequence and the platform are read from a delivery’s body', () => {
  const body = write({
    event: 'workflow-item-state-updated',
    workflow: { sequence: 12, newState: 'Resolved', filters: { platform: ['platform-4'] } },
    alert: makeAlert(1_234_567, 8),
  })
  expect(readArrival(body)).toEqual({ index: 1_234_567, sequence: 12, platform: 8 })
})

test('a body without them is told from one with zeros', () => {
  expect(readArrival(write({ workflow: { sequence: 1 }, alert: makeAlert(0) })).index).toBe(0)
  expect(() => readArrival(write({ workflow: {}, alert: makeAlert(0) }))).toThrow('"sequence"')
  expect(() => readArrival(Buffer.from('{"sequence":x'))).toThrow('"sequence"')
  expect(() => readArrival(Buffer.from('0123456789'.repeat(5)))).toThrow('"sequence"')
})
