import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { openEmbedded } from '../src/database/embedded.ts'
import { statement } from '../src/database/statement.ts'

const echo = statement<{ value: number }>('echo', 'SELECT $1::integer AS value')
const divide = statement<{ value: number }>('divide', 'SELECT 1 / $1::integer AS value')

const createNotes = statement('create-notes', 'CREATE TABLE note (text text PRIMARY KEY)')
const insertNote = statement('insert-note', 'INSERT INTO note VALUES ($1)')
const listNotes = statement<{ text: string }>('list-notes', 'SELECT text FROM note ORDER BY text')

let directory: string
let database: Database
let errors: Error[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-embedded-'))
  errors = []
  database = await openEmbedded(directory, (error) => errors.push(error))
})

afterEach(async () => {
  expect(errors).toEqual([])
  await database.close()
  await rm(directory, { recursive: true })
})

test('what fails has no answer that another statement takes for its own', async () => {
  for (let round = 0; round < 200; round++) {
    const failing = database.run(divide, [0]).then(
      () => 'it did not fail',
      (error: Error) => error.message,
    )
    const [{ value }] = (await database.run(echo, [round])) as [{ value: number }]
    expect(value).toBe(round)
    expect(await failing).toBe('division by zero')
  }
})

test('a transaction that fails takes nothing with it of those that were sent behind it', async () => {
  await database.run(createNotes, [])
  await database.run(insertNote, ['first'])
  const write = (text: string, divisor: number) =>
    database.transaction(async (transaction) => {
      await Promise.all([
        transaction.run(insertNote, [text]),
        transaction.run(divide, [divisor]),
        transaction.commit(),
      ])
    })
  const breakOff = database.transaction(async (transaction) => {
    await transaction.run(insertNote, ['broken off'])
    throw new Error('changed my mind')
  })
  const ends = await Promise.allSettled([
    write('fails', 0),
    write('goes through', 1),
    breakOff,
    write('fails as well', 0),
    database.run(insertNote, ['alone']),
    write('last', 1),
  ])
  expect(ends.map((end) => (end.status === 'rejected' ? end.reason.message : 'committed'))).toEqual([
    'division by zero',
    'committed',
    'changed my mind',
    'division by zero',
    'committed',
    'committed',
  ])
  const notes = await database.run(listNotes, [])
  expect(notes.map(({ text }) => text)).toEqual(['alone', 'first', 'goes through', 'last'])
})
