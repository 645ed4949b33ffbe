import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { type StatementRunner, statement } from '../src/database/statement.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'

const createNotes = statement('create-notes', 'CREATE TABLE note (text text PRIMARY KEY, size bigint)')
const emptyNotes = statement('empty-notes', 'DELETE FROM note')
const insertNote = statement<{ size: number }>(
  'insert-note',
  'INSERT INTO note VALUES ($1, length($1)) RETURNING size',
)
const listNotes = statement<{ text: string }>('list-notes', 'SELECT text FROM note ORDER BY text')
const divide = statement<{ value: number }>('divide', 'SELECT 1 / $1::integer AS value')
const echo = statement<{ value: number }>('echo', 'SELECT $1::integer AS value')
const neverRun = statement<{ value: number }>('never-run', 'SELECT $1::integer AS value')

describeDatabases('the database', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    await database.run(createNotes, [])
  })
  afterEach(() => database.run(emptyNotes, []))
  afterAll(() => testDatabase.remove())

  const texts = async () => (await database.run(listNotes, [])).map(({ text }) => text)

  test('what fails has no answer that another statement takes for its own', async () => {
    for (let round = 0; round < 200; round++) {
      const failing = database.run(divide, [0]).then(
        () => 'it did not fail',
        (error: Error) => error.message,
      )
      expect(await database.run(echo, [round])).toEqual([{ value: round }])
      expect(await failing).toBe('division by zero')
    }
  })

  test('a transaction that fails takes nothing with it of those that were sent behind it', async () => {
    const write = (text: string, divisor: number) =>
      database.transaction(async (transaction) => {
        await transaction.commitBehind(
          Promise.all([transaction.run(insertNote, [text]), transaction.run(divide, [divisor])]),
        )
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
    expect(await texts()).toEqual(['alone', 'goes through', 'last'])
  })

  test('a flight gives each statement its own rows, and a statement sees what those before it did', async () => {
    const answers = await database.flight('test', (flight) =>
      Promise.all([
        flight.run(insertNote, ['one']),
        flight.run(listNotes, []),
        flight.run(divide, [1]),
        flight.run(insertNote, ['three']),
        flight.run(listNotes, []),
      ]),
    )
    expect(answers).toEqual([
      [{ size: 3 }],
      [{ text: 'one' }],
      [{ value: 1 }],
      [{ size: 5 }],
      [{ text: 'one' }, { text: 'three' }],
    ])
    expect(await texts()).toEqual(['one', 'three'])
  })

  test('a flight does nothing if a statement fails, and tells which error that was', async () => {
    const failing = database.flightRelaxed('test', (flight) =>
      Promise.all([
        flight.run(insertNote, ['before']),
        flight.run(divide, [0]),
        flight.run(insertNote, ['behind']),
      ]),
    )
    await expect(failing).rejects.toThrow('division by zero')
    expect(await texts()).toEqual([])
  })

  test('a statement of a flight that was passed over, because one before it failed, can be run afterwards', async () => {
    for (let round = 0; round < 10; round++) {
      const failing = database.flight('test', (flight) =>
        Promise.all([flight.run(divide, [0]), flight.run(neverRun, [round])]),
      )
      await expect(failing).rejects.toThrow('division by zero')
    }
    expect(await database.run(neverRun, [7])).toEqual([{ value: 7 }])
  })

  test.each([
    ['a flight', () => database.flight('test', failToPutTogether)],
    ['what stands before a COMMIT', () => commitWhatFails()],
  ])('%s that cannot be put together is not sent by half', async (_, fail) => {
    await expect(fail()).rejects.toThrow('no such topic')
    expect(await texts()).toEqual([])
  })

  function commitWhatFails(): Promise<unknown> {
    return database.transaction((transaction) => transaction.commitBehind(failToPutTogether(transaction)))
  }

  async function failToPutTogether(runner: StatementRunner): Promise<unknown> {
    const write = async () => {
      throw new Error('no such topic')
    }
    return Promise.all([runner.run(insertNote, ['alone']), write()])
  }

  test('flights, transactions and statements at once do not disturb each other', async () => {
    const ends = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => {
        const text = `${index}`
        const divisor = index % 4 === 0 ? 0 : 1
        if (index % 3 === 0)
          return database.flight('test', (flight) =>
            Promise.all([flight.run(insertNote, [text]), flight.run(divide, [divisor])]),
          )
        if (index % 3 === 1)
          return database.transaction(async (transaction) => {
            await transaction.run(insertNote, [text])
            await transaction.run(divide, [divisor])
          })
        return database.run(insertNote, [text])
      }),
    )
    const failed = (index: number) => index % 4 === 0 && index % 3 !== 2
    expect(ends.map(({ status }) => status)).toEqual(
      ends.map((_, index) => (failed(index) ? 'rejected' : 'fulfilled')),
    )
    expect(await texts()).toEqual(
      ends.flatMap((_, index) => (failed(index) ? [] : [`${index}`])).sort((a, b) => (a < b ? -1 : 1)),
    )
  })
})
