import { expect, test } from 'vitest'
import { LaneMemory } from './lane-memory.ts'
import type { Queued } from './queued.ts'

let position = 0

function queued(itemId: string, fields: Partial<Queued> = {}): Queued {
  position++
  return {
    webhookId: 'whk_1',
    position,
    deliveryId: `dlv_${position}`,
    eventId: `evt_${position}`,
    itemId,
    body: null,
    failures: 0,
    isReplay: false,
    isTest: false,
    isRetry: false,
    ...fields,
  }
}

function memoryWith(...deliveries: Queued[]): LaneMemory {
  const memory = new LaneMemory({ bytes: 0 })
  for (const delivery of deliveries) memory.offer(delivery)
  return memory
}

test('one delivery of an item is chosen at a time, the next when that has ended, before other items', () => {
  const [first, second, third] = [queued('a'), queued('a'), queued('a')]
  const [other, last] = [queued('b'), queued('c')]
  const memory = memoryWith(first, second, third, other, last)
  expect(memory.pick(2, false)).toEqual({ begin: [first, other], park: [] })
  memory.end(first)
  expect(memory.pick(2, false)).toEqual({ begin: [second, last], park: [] })
  memory.end(second)
  expect(memory.pick(2, false)).toEqual({ begin: [third], park: [] })
})

test('first attempts go before retries, but one slot may be a retry’s', () => {
  const memory = memoryWith(queued('a'), queued('b'))
  const retries = [queued('c', { isRetry: true }), queued('d', { isRetry: true })]
  memory.addFound({ firsts: [], retries })
  expect(memory.pick(2, true).begin.map(({ itemId }) => itemId)).toEqual(['c', 'a'])
  expect(memory.pick(2, false).begin.map(({ itemId }) => itemId)).toEqual(['b', 'd'])
})

test('a replay waits for what is in flight of its item; live deliveries do not wait for it', () => {
  const [live, replay, next] = [queued('a'), queued('a', { isReplay: true }), queued('a')]
  const memory = memoryWith(live, replay)
  expect(memory.pick(3, false).begin).toEqual([live])
  memory.end(live)
  expect(memory.pick(3, false).begin).toEqual([replay])
  memory.offer(next)
  expect(memory.pick(3, false).begin).toEqual([next])
})

test('live deliveries go before replays, and replays get no more than their slots', () => {
  const replays = ['a', 'b', 'c'].map((item) => queued(item, { isReplay: true }))
  const live = queued('d')
  const memory = memoryWith(...replays, live)
  expect(memory.pick(8, false, 2)).toEqual({ begin: [live, replays[0], replays[1]], park: [] })
  expect(memory.hasAnyFor(0)).toBe(false)
  expect(memory.pick(8, false, 0).begin).toEqual([])
  expect(memory.pick(8, false, 1).begin).toEqual([replays[2]])
})

test('what is found again is kept once, also while it is in flight', () => {
  const delivery = queued('a')
  const memory = memoryWith(delivery)
  memory.addFound({ firsts: [delivery], retries: [] })
  expect(memory.pick(8, false).begin).toEqual([delivery])
  memory.addFound({ firsts: [delivery], retries: [] })
  expect(memory.hasAny).toBe(false)
})

test('what was missed and is found later goes before what was recorded after it', () => {
  const missed = queued('a')
  const later = queued('b')
  const memory = memoryWith(later)
  memory.addFound({ firsts: [missed, later], retries: [] })
  expect(memory.pick(8, false).begin).toEqual([missed, later])
})

test('an item with very many deliveries does not fill the memory: they are to be marked in the database', () => {
  const memory = memoryWith(...Array.from({ length: 100 }, () => queued('busy')), queued('other'))
  const { begin, park } = memory.pick(8, false)
  expect(begin.map(({ itemId }) => itemId)).toEqual(['busy', 'other'])
  expect(memory.firstsCount + park.length).toBe(99)
  expect(park.length).toBeGreaterThan(0)
})

test('what is kept is bounded, by number and, over all lanes, by bytes; what is taken or forgotten makes room', () => {
  const use = { bytes: 0 }
  const memory = new LaneMemory(use)
  let kept = 0
  while (memory.offer(queued(`item ${kept}`, { body: Buffer.alloc(100) }))) kept++
  expect(kept).toBe(1_000)
  memory.pick(1, false)
  expect(memory.offer(queued('one more'))).toBe(true)

  const other = new LaneMemory(use)
  const large = Buffer.alloc(1024 * 1024)
  let count = 0
  while (other.offer(queued(`large ${count}`, { body: large }))) count++
  expect(count).toBeLessThan(40)
  memory.clear()
  other.clear()
  expect(use.bytes).toBe(0)
})
