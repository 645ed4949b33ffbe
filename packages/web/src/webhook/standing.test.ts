import { expect, test } from 'vitest'
import { onItsWayText, rateBeside, standingOf } from './standing.ts'

const on = { enabled: true }
const at = '2026-11-23T21:00:00.000Z'
const last = (status: 'pending' | 'succeeded' | 'failed', error?: string) => ({
  deliveryId: 'dlv_1',
  status,
  at,
  ...(error !== undefined && { error }),
})

test('a webhook that is disabled, or whose profile has no access, is off whatever its health', () => {
  const health = { succeeded: 5, failingSince: at }
  expect(standingOf({ enabled: false }, health, true).word).toBe('Off')
  expect(standingOf(on, health, false).word).toBe('Off')
})

test('a webhook that the service disabled is paused, which is a failure and no mere off', () => {
  const paused = { enabled: false, pausedAt: at }
  expect(standingOf(paused, { succeeded: 0, failingSince: at }, true)).toEqual({
    state: 'failed',
    word: 'Paused',
  })
})

test('a webhook is ready until something was sent, and delivering from then on', () => {
  expect(standingOf(on, { succeeded: 0 }, true).word).toBe('Ready')
  expect(standingOf(on, { succeeded: 0, lastDelivery: last('pending') }, true).word).toBe('Ready')
  expect(standingOf(on, { succeeded: 0, lastDelivery: last('succeeded') }, true).word).toBe('Delivering')
  expect(standingOf(on, { succeeded: 1, lastDelivery: last('pending') }, true).word).toBe('Delivering')
})

test('a webhook whose latest delivery has failed attempts is retrying', () => {
  const health = { succeeded: 9, lastDelivery: last('pending', 'HTTP 503') }
  expect(standingOf(on, health, true)).toEqual({ state: 'retrying', word: 'Retrying' })
})

test('a webhook whose latest delivery failed is not said to be well, be it the first that did', () => {
  const health = { succeeded: 9, lastDelivery: last('failed', 'HTTP 500') }
  expect(standingOf(on, health, true)).toEqual({ state: 'failed', word: 'Failed' })
})

test('what is on its way does not make well what failed before it', () => {
  const health = { succeeded: 9, lastDelivery: last('pending'), failedInARow: 1 }
  expect(standingOf(on, health, true)).toEqual({ state: 'failed', word: 'Failed' })
})

test.each([
  [{}, 'a delivery is on its way'],
  [{ error: 'The host refused the connection.' }, 'retrying: The host refused the connection'],
  [{ failedInARow: 1 }, 'the last delivery failed, the next is on its way'],
  [{ failedInARow: 2 }, 'the last 2 deliveries failed, the next is on its way'],
])('a newest delivery that is pending is told of as %j says', (about, text) => {
  expect(onItsWayText(about)).toBe(text)
})

test('a webhook that fails is failing, whatever is on its way', () => {
  const health = { succeeded: 9, failingSince: at, lastDelivery: last('pending', 'HTTP 503') }
  expect(standingOf(on, health, true)).toEqual({ state: 'failed', word: 'Failing' })
})

test('no rate reassures while the latest delivery is being retried', () => {
  const health = { succeeded: 1, failed: 0 }
  expect(rateBeside({ state: 'retrying', word: 'Retrying' }, health)).toBeUndefined()
  expect(rateBeside({ state: 'delivered', word: 'Delivering' }, health)).toBe('100 %')
})
