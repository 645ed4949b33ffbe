import { expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

test('what arrives while a group is under way shares the next one', async () => {
  const groups: number[][] = []
  let finishFirst: () => void = () => {}
  const first = new Promise<void>((resolve) => {
    finishFirst = resolve
  })
  const double = createBatcher<number, number>(
    async (inputs) => {
      groups.push(inputs)
      if (groups.length === 1) await first
      return inputs.map((input) => input * 2)
    },
    { maxWeight: 100 },
  )
  const one = double(1)
  await new Promise(setImmediate)
  const others = [double(2), double(3), double(4)]
  finishFirst()
  expect(await Promise.all([one, ...others])).toEqual([2, 4, 6, 8])
  expect(groups).toEqual([[1], [2, 3, 4]])
})

test('what has arrived by the time a group is answered joins the next one', async () => {
  const groups: number[][] = []
  const first = Promise.withResolvers<void>()
  const send = createBatcher<number, number>(
    async (inputs) => {
      groups.push(inputs)
      if (groups.length === 1) await first.promise
      return inputs
    },
    { maxWeight: 100 },
  )
  const one = send(1)
  await new Promise(setImmediate)
  const two = send(2)
  const three = new Promise<number>((resolve) => setImmediate(() => resolve(send(3))))
  first.resolve()
  expect(await Promise.all([one, two, three])).toEqual([1, 2, 3])
  expect(groups).toEqual([[1], [2, 3]])
})

test('a group waits for so many turns of the event loop, and takes what comes in them', async () => {
  const groups: number[][] = []
  const send = createBatcher<number, number>(
    async (inputs) => {
      groups.push(inputs)
      return inputs
    },
    { maxWeight: 100, turns: 3 },
  )
  const answers: Promise<number>[] = []
  for (const input of [1, 2, 3, 4]) {
    answers.push(send(input))
    await new Promise(setImmediate)
  }
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4])
  expect(groups).toEqual([[1, 2, 3], [4]])
})

test('a group holds no more than the weight allows, but a single input may', async () => {
  const groups: number[][] = []
  const send = createBatcher<number, number>(
    async (inputs) => {
      groups.push(inputs)
      return inputs
    },
    { maxWeight: 5, weightOf: (input) => input },
  )
  await Promise.all([3, 2, 1, 9, 1].map(send))
  expect(groups).toEqual([[3, 2], [1], [9], [1]])
})

test('one bad call fails alone: its group is tried again call by call', async () => {
  let runs = 0
  const send = createBatcher<number, string>(
    async (inputs) => {
      runs++
      if (inputs.includes(2)) throw new Error('two')
      return inputs.map(String)
    },
    { maxWeight: 100 },
  )
  const results = await Promise.allSettled([1, 2, 3].map(send))
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(runs).toBe(4)
})

test('an answer that is an error rejects its own call, and the group is not tried again', async () => {
  let runs = 0
  const send = createBatcher<number, string>(
    async (inputs) => {
      runs++
      return inputs.map((input) => (input === 2 ? new Error('two') : String(input)))
    },
    { maxWeight: 100 },
  )
  const results = await Promise.allSettled([1, 2, 3].map(send))
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(runs).toBe(1)
})
