import { expect, test } from 'vitest'
import { createRecent } from './recent.ts'

function createReader(read: () => Promise<number>) {
  const clock = { ms: 0, now: () => clock.ms, monotonicMs: () => clock.ms }
  const errors: unknown[] = []
  const reader = { count: 0 }
  const recent = createRecent(
    () => {
      reader.count++
      return read()
    },
    { clock, maxAgeMs: 5_000, timeoutMs: 10, onError: (error) => errors.push(error) },
  )
  return { clock, errors, reader, recent }
}

test('many who ask at once, and who ask soon after, are answered by one reading', async () => {
  const { clock, reader, recent } = createReader(async () => 7)
  expect(await Promise.all([recent(), recent(), recent()])).toEqual([7, 7, 7])
  clock.ms = 4_999
  await recent()
  expect(reader.count).toBe(1)
  clock.ms = 5_000
  await recent()
  expect(reader.count).toBe(2)
})

test('a reading that fails gives no value, tells why, and is tried again the next time', async () => {
  let isDown = true
  const { errors, recent } = createReader(async () => {
    if (isDown) throw new Error('down')
    return 7
  })
  expect(await recent()).toBeUndefined()
  expect(errors).toMatchObject([{ message: 'down' }])
  isDown = false
  expect(await recent()).toBe(7)
})

test('a reading that hangs holds nobody up, and is not begun twice', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const { reader, recent } = createReader(() => promise)
  expect(await recent()).toBeUndefined()
  expect(await recent()).toBeUndefined()
  expect(reader.count).toBe(1)
  resolve(7)
  expect(await recent()).toBe(7)
})
