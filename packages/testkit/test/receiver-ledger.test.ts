import { describe, expect, test } from 'vitest'
import { createReceiverLedger } from '../src/receiver-ledger.ts'
import { delivery } from './post.ts'

/** A ledger, and a request that it gets: `arrive` for one that is not answered 2xx, `succeed` for one that is. */
function makeLedger() {
  const ledger = createReceiverLedger()
  const arrive = (given: Parameters<typeof delivery>[0] & { path?: string; at?: number }) => {
    const { headers, body } = delivery(given)
    const { path = '/ok/a', at = 0 } = given
    return ledger.begin({ receivedAt: at, method: 'POST', path, headers, body: Buffer.from(body) })
  }
  const succeed = (given: Parameters<typeof arrive>[0]) => ledger.succeed(arrive(given))
  const violations = () => ledger.summarize('/').orderViolations
  return { ledger, arrive, succeed, violations }
}

describe('the order of an item at one path', () => {
  const first = { eventId: 'evt_1', sequence: 1 }
  const second = { eventId: 'evt_2', sequence: 2 }
  const third = { eventId: 'evt_3', sequence: 3 }

  test('holds when each begins after the one before, with gaps where a filter left one out', () => {
    const { succeed, violations } = makeLedger()
    succeed(first)
    succeed(third)
    expect(violations()).toBe(0)
  })

  test('is broken by an earlier one that begins later', () => {
    const { ledger, arrive, violations } = makeLedger()
    arrive(second)
    arrive(first)
    expect(violations()).toBe(1)
    expect(ledger.summarize('/').firstViolations).toEqual([
      'evt_1: sequence 1 began after 2 had begun and 0 had succeeded',
    ])
  })

  test('is not broken by one that comes again before a later one succeeded', () => {
    const { arrive, succeed, violations } = makeLedger()
    succeed(first)
    succeed(first)
    arrive(second)
    arrive(first)
    expect(violations()).toBe(0)
  })

  test('is broken by one that comes again after a later one succeeded', () => {
    const { arrive, succeed, violations } = makeLedger()
    arrive(first)
    succeed(second)
    arrive(first)
    expect(violations()).toBe(1)
  })

  test('says nothing about a replay, other items and other paths', () => {
    const { ledger, succeed, violations } = makeLedger()
    succeed(first)
    succeed(second)
    succeed({ ...first, deliveryId: 'del_replay' })
    succeed({ eventId: 'evt_4', itemId: 'another', sequence: 1 })
    succeed({ ...first, path: '/ok/b' })
    expect(violations()).toBe(0)
    expect(ledger.summarize('/')).toMatchObject({ total: 5, events: 4, replays: 1, repeats: 0 })
  })
})

test('requests, events and repeats are counted for each path and for all that begin in one way', () => {
  const { ledger, succeed } = makeLedger()
  succeed({ eventId: 'evt_1' })
  succeed({ eventId: 'evt_1' })
  succeed({ eventId: 'evt_1', path: '/ok/b' })
  expect(ledger.summarize('/ok/a')).toMatchObject({ total: 2, events: 1, repeats: 1 })
  expect(ledger.summarize('/ok/')).toMatchObject({ total: 3, events: 2, repeats: 1 })
  expect(ledger.summarize('/other')).toMatchObject({ total: 0, events: 0 })
})

test('a mark begins a new count and changes no other', () => {
  const { ledger, succeed } = makeLedger()
  succeed({ eventId: 'evt_1' })
  ledger.mark()
  succeed({ eventId: 'evt_2', sequence: 2 })
  expect(ledger.summarize('/')).toMatchObject({ total: 2, sinceMark: 1, events: 2 })
})

test('arrivals are found by event and by alert', () => {
  const { ledger, succeed } = makeLedger()
  succeed({ eventId: 'evt_1', alertId: 'a', at: 1.5 })
  succeed({ eventId: 'evt_1', alertId: 'a', at: 2.5 })
  succeed({ eventId: 'evt_2', alertId: 'a', sequence: 2, at: 3.5 })
  expect(ledger.arrivals('eventId', '/')).toEqual(
    new Map([
      ['evt_1', [1.5, 2.5]],
      ['evt_2', [3.5]],
    ]),
  )
  expect(ledger.arrivals('alertId', '/')).toEqual(new Map([['a', [1.5, 2.5, 3.5]]]))
})

test('what is not a delivery is counted only', () => {
  const { ledger } = makeLedger()
  const request = { receivedAt: 0, method: 'POST', path: '/ok/', body: Buffer.from('no JSON') }
  ledger.succeed(ledger.begin({ ...request, headers: {} }))
  ledger.succeed(ledger.begin({ ...request, headers: { 'webhook-id': 'evt_1' } }))
  ledger.succeed(ledger.begin({ ...request, body: Buffer.from('null'), headers: { 'webhook-id': 'evt_2' } }))
  expect(ledger.summarize('/')).toMatchObject({ total: 3, events: 2, orderViolations: 0 })
})
