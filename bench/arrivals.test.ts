import { expect, test } from 'vitest'
import { openArrivals } from './arrivals.ts'

const noFaults = { repeated: 0, outOfOrder: 0, unexpected: 0 }

test('a stage is complete when each event of each item has come', () => {
  const arrivals = openArrivals({ first: 20, count: 2, eventsPerItem: 2 })
  for (const sequence of [1, 2]) {
    for (const index of [20, 21]) {
      expect(arrivals.missing()).toBeGreaterThan(0)
      arrivals.record({ index, sequence, platform: index % 10 }, 5)
    }
  }
  expect(arrivals.missing()).toBe(0)
  expect(arrivals.faults).toEqual(noFaults)
})

test('the first event of an item gives its time of arrival', () => {
  const arrivals = openArrivals({ first: 20, count: 2, eventsPerItem: 2 })
  arrivals.record({ index: 21, sequence: 1, platform: 1 }, 1_000.5)
  arrivals.record({ index: 21, sequence: 2, platform: 1 }, 2_000.5)
  expect([...arrivals.arrivedAt]).toEqual([Number.NaN, 1_000.5])
})

test('an event that comes again is a fault, and brings nothing nearer to its end', () => {
  const arrivals = openArrivals({ first: 0, count: 2 })
  arrivals.record({ index: 0, sequence: 1, platform: 0 }, 1)
  arrivals.record({ index: 0, sequence: 1, platform: 0 }, 2)
  expect(arrivals.faults).toEqual({ ...noFaults, repeated: 1 })
  expect(arrivals.missing()).toBe(1)
  expect(arrivals.arrivedAt[0]).toBe(1)
})

test('an event that overtakes an earlier one of its item is a fault', () => {
  const arrivals = openArrivals({ first: 0, count: 1, eventsPerItem: 3 })
  arrivals.record({ index: 0, sequence: 1, platform: 0 }, 1)
  arrivals.record({ index: 0, sequence: 3, platform: 0 }, 2)
  expect(arrivals.faults).toEqual({ ...noFaults, outOfOrder: 1 })
})

test('what belongs to another stage is a fault', () => {
  const arrivals = openArrivals({ first: 10, count: 10 })
  arrivals.record({ index: 9, sequence: 1, platform: 9 }, 1)
  arrivals.record({ index: 20, sequence: 1, platform: 0 }, 1)
  arrivals.record({ index: 10, sequence: 2, platform: 0 }, 1)
  expect(arrivals.faults).toEqual({ ...noFaults, unexpected: 3 })
  expect(arrivals.missing()).toBe(10)
})

test('a destination that may hang is left out of the account', () => {
  const arrivals = openArrivals({ first: 0, count: 20, exceptPlatform: 9 })
  expect(arrivals.missing()).toBe(18)
  arrivals.record({ index: 9, sequence: 1, platform: 9 }, 1)
  arrivals.record({ index: 999, sequence: 1, platform: 9 }, 1)
  expect(arrivals.missing()).toBe(18)
  expect(arrivals.faults).toEqual(noFaults)
})
