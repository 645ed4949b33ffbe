import type { ChangeKind } from '@workflow-webhooks/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ChangeListener, createChanges, type Hints } from './changes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Keeps what it hears: for each time, the ids by kind. */
function createEar(): ChangeListener & { heard: Record<string, string[]>[]; missed: number } {
  const ear = {
    heard: [] as Record<string, string[]>[],
    missed: 0,
    hear: (hints: Hints) => void ear.heard.push(plain(hints)),
    miss: () => void ear.missed++,
  }
  return ear
}

function plain(hints: Hints): Record<string, string[]> {
  return Object.fromEntries([...hints].map(([kind, ids]) => [kind, [...ids]]))
}

test('what changes often is told once in a while, and nothing is left to do afterwards', async () => {
  const changes = createChanges({ tellOthers: null })
  const ear = createEar()
  changes.listen(ear)
  for (let count = 0; count < 1_000; count++) changes.changed(`wfl_${count % 2}`, 'items')
  changes.changed('whk_1', 'deliveries')
  expect(ear.heard).toEqual([])
  await vi.advanceTimersByTimeAsync(250)
  expect(ear.heard).toEqual([{ items: ['wfl_0', 'wfl_1'], deliveries: ['whk_1'] }])
  expect(vi.getTimerCount()).toBe(0)
  changes.changed('wfl_0', 'items')
  await vi.advanceTimersByTimeAsync(250)
  expect(ear.heard.slice(1)).toEqual([{ items: ['wfl_0'] }])
})

test('where nobody listens nothing is kept', async () => {
  const changes = createChanges({ tellOthers: null })
  const ear = createEar()
  changes.listen(ear)()
  changes.changed('wfl_1', 'items')
  expect(vi.getTimerCount()).toBe(0)
  changes.listen(ear)
  await changes.flush()
  expect(ear.heard).toEqual([])
})

test('other nodes are told what changes here, and are not told again what they said', async () => {
  const told: Record<string, string[]>[] = []
  const changes = createChanges({ tellOthers: async (hints) => void told.push(plain(hints)) })
  const ear = createEar()
  changes.changed('wfl_1', 'items')
  changes.listen(ear)
  changes.hearOthers.hear(new Map<ChangeKind, Set<string>>([['webhooks', new Set(['whk_2'])]]))
  changes.hearOthers.miss()
  await changes.flush()
  expect(told).toEqual([{ items: ['wfl_1'] }])
  expect(ear).toMatchObject({ heard: [{ webhooks: ['whk_2'] }, { items: ['wfl_1'] }], missed: 1 })
})

test('while the others are slow to be told, one telling is under way and the rest waits, once each', async () => {
  const tellings: PromiseWithResolvers<void>[] = []
  const told: Record<string, string[]>[] = []
  const changes = createChanges({
    tellOthers: (hints) => {
      told.push(plain(hints))
      const telling = Promise.withResolvers<void>()
      tellings.push(telling)
      return telling.promise
    },
  })
  changes.changed('wfl_1', 'items')
  await vi.advanceTimersByTimeAsync(250)
  for (let count = 0; count < 5; count++) {
    changes.changed('wfl_2', 'items')
    await vi.advanceTimersByTimeAsync(250)
  }
  expect(told).toEqual([{ items: ['wfl_1'] }])
  tellings[0]!.resolve()
  await vi.advanceTimersByTimeAsync(250)
  expect(told.slice(1)).toEqual([{ items: ['wfl_2'] }])
})
