import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeduplicator } from '../src/deduplicate.ts'

const key = (webhookId: string, endpoint = 'a') => ({ endpoint, webhookId })

test('an event is handled once, by each endpoint', async () => {
  const deduplicator = createDeduplicator()
  const handled: string[] = []
  const once = (webhookId: string, endpoint: string) =>
    deduplicator.once(key(webhookId, endpoint), async () => void handled.push(`${endpoint}/${webhookId}`))
  expect(await once('evt_1', 'a')).toBe('handled')
  expect(await once('evt_1', 'a')).toBe('duplicate')
  expect(await once('evt_1', 'b')).toBe('handled')
  expect(await once('evt_2', 'a')).toBe('handled')
  expect(handled).toEqual(['a/evt_1', 'b/evt_1', 'a/evt_2'])
})

test('an event whose handling failed is handled when it comes again', async () => {
  const deduplicator = createDeduplicator()
  const fail = () => Promise.reject(new Error('the database is away'))
  await expect(deduplicator.once(key('evt_1'), fail)).rejects.toThrow('the database is away')
  expect(await deduplicator.once(key('evt_1'), async () => {})).toBe('handled')
})

test('a repeat that comes during the handling waits for its end, and shares it', async () => {
  const deduplicator = createDeduplicator()
  const { promise, reject, resolve } = Promise.withResolvers<void>()
  const failed = [1, 2].map(() => deduplicator.once(key('evt_1'), () => promise))
  reject(new Error('the database is away'))
  for (const call of failed) await expect(call).rejects.toThrow('the database is away')

  const second = Promise.withResolvers<void>()
  let calls = 0
  const handle = () => {
    calls += 1
    return second.promise
  }
  const both = Promise.all([deduplicator.once(key('evt_1'), handle), deduplicator.once(key('evt_1'), handle)])
  second.resolve()
  expect(await both).toEqual(['handled', 'duplicate'])
  expect(calls).toBe(1)
  resolve()
})

test('an event is forgotten after the given time, and the oldest when there are too many', async () => {
  let nowMs = 0
  const deduplicator = createDeduplicator({ capacity: 2, ttlMs: 100, now: () => nowMs })
  const once = (webhookId: string) => deduplicator.once(key(webhookId), async () => {})
  await once('evt_1')
  nowMs = 99
  expect(await once('evt_1')).toBe('duplicate')
  nowMs = 100
  expect(await once('evt_1')).toBe('handled')
  await once('evt_2')
  await once('evt_3')
  expect(await once('evt_2')).toBe('duplicate')
  expect(await once('evt_3')).toBe('duplicate')
  expect(await once('evt_1')).toBe('handled')
})

test('no two keys are taken for one, although both halves joined may read the same', async () => {
  const text = fc.string({ unit: fc.constantFrom('/', ',', '"', 'a'), minLength: 2, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(text, fc.nat(5), fc.nat(5), async (joined, cut, otherCut) => {
      const split = (at: number) => key(joined.slice(at + 1), joined.slice(0, at))
      const deduplicator = createDeduplicator()
      await deduplicator.once(split(cut), async () => {})
      const isSame = JSON.stringify(split(cut)) === JSON.stringify(split(otherCut))
      const other = await deduplicator.once(split(otherCut), async () => {})
      expect(other).toBe(isSame ? 'duplicate' : 'handled')
    }),
    { numRuns: 1_000 },
  )
})
