import { expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.ts'

test('waiting ends as soon as the condition holds, also one that is asynchronous', async () => {
  let looks = 0
  await waitFor(async () => {
    looks += 1
    return looks === 3
  })
  expect(looks).toBe(3)
})

test('a condition that never holds is an error that says what was waited for', async () => {
  await expect(waitFor(() => false, { timeoutMs: 5, message: 'rain' })).rejects.toThrow(
    'Waited 5 ms in vain for rain',
  )
})

test('what a condition throws is not waited out', async () => {
  const broken = () => {
    throw new Error('broken')
  }
  await expect(waitFor(broken)).rejects.toThrow('broken')
})
