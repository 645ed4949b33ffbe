import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEmbedded } from '../src/database/embedded.ts'
import { statement } from '../src/database/statement.ts'

const echo = statement<{ value: number }>('echo', 'SELECT $1::integer AS value')
const divide = statement<{ value: number }>('divide', 'SELECT 1 / $1::integer AS value')

test('what fails has no answer that another statement takes for its own', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-embedded-'))
  const errors: Error[] = []
  const database = await openEmbedded(directory, (error) => errors.push(error))
  for (let round = 0; round < 200; round++) {
    const failing = database.run(divide, [0]).then(
      () => 'it did not fail',
      (error: Error) => error.message,
    )
    const [{ value }] = (await database.run(echo, [round])) as [{ value: number }]
    expect(value).toBe(round)
    expect(await failing).toBe('division by zero')
  }
  expect(errors).toEqual([])
  await database.close()
  await rm(directory, { recursive: true })
})
