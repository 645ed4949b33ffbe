import { alertSchema } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { alertIdOf, makeAlert, PLATFORM_COUNT } from './alerts.ts'

const alerts = Array.from({ length: 1_000 }, (_, index) => makeAlert(index))

test('an index always makes the same alert, and another index another one', () => {
  expect(makeAlert(7)).toEqual(alerts[7])
  expect(new Set(alerts.map((alert) => alert.subject)).size).toBe(alerts.length)
  expect(new Set(alerts.map((alert) => alert.alertId)).size).toBe(alerts.length)
})

test('the service takes every one of them', () => {
  for (const alert of alerts) expect(alertSchema.safeParse(alert).error).toBeUndefined()
})

test('each platform has the same number of alerts, unless all are for one', () => {
  const counts = new Map<string, number>()
  for (const { platform } of alerts) counts.set(platform, (counts.get(platform) ?? 0) + 1)
  expect([...counts.values()]).toEqual(Array(PLATFORM_COUNT).fill(alerts.length / PLATFORM_COUNT))
  expect(makeAlert(7, 3).platform).toBe('platform-3')
})

test('they are as large as real ones: with what a delivery adds, 1 to 1.6 kB', () => {
  const addedBytes = 550 // the event, its topics, the workflow and the link to the item
  const bytes = alerts.map((alert) => Buffer.byteLength(JSON.stringify(alert)) + addedBytes)
  expect(Math.min(...bytes)).toBeGreaterThan(1_000)
  expect(Math.max(...bytes)).toBeLessThan(1_700)
})

test('ids are found in the order of the indexes', () => {
  expect(alertIdOf(99_999) < alertIdOf(100_000)).toBe(true)
})
