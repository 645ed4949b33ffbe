import { expect, test } from 'vitest'
import { createTurnstile } from './turnstile.ts'

test('no more runs at once than may, the others wait their turn, and what is too many is refused', async () => {
  const pass = createTurnstile({ atOnce: 2, waiting: 2, refuse: () => new Error('full') })
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const begun: number[] = []
  const calls = gates.map(({ promise }, index) =>
    pass(async () => {
      begun.push(index)
      await promise
    }),
  )
  await expect(pass(async () => {})).rejects.toThrow('full')
  expect(begun).toEqual([0, 1])
  gates[0]!.resolve()
  await calls[0]
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  for (const gate of gates) gate.resolve()
  await Promise.all(calls)
  expect(await pass(async () => 'again')).toBe('again')
})

test('work that fails gives its place away all the same', async () => {
  const pass = createTurnstile({ atOnce: 1, waiting: 0, refuse: () => new Error('full') })
  await expect(pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pass(async () => 1)).toBe(1)
})
