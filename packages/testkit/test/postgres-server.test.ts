import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../src/postgres-server.ts'
import { waitFor } from '../src/wait-for.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ settings: { fsync: 'off', work_mem: '7MB' } })
}, 60_000)
afterAll(() => server.stop())

test('a server takes the given settings, and is durable by default', async () => {
  expect(await ask(server.url('postgres'), 'SHOW work_mem')).toBe('7MB')
  expect(await ask(server.url('postgres'), 'SHOW fsync')).toBe('off')
  const durable = await startPostgres()
  try {
    expect(await ask(durable.url('postgres'), 'SHOW fsync')).toBe('on')
    expect(await ask(durable.url('postgres'), 'SHOW synchronous_commit')).toBe('on')
  } finally {
    await durable.stop()
  }
}, 60_000)

test('text is UTF-8 and sorts by code point on every machine', async () => {
  expect(await ask(server.url('postgres'), 'SHOW server_encoding')).toBe('UTF8')
  expect(await ask(server.url('postgres'), `SELECT 'a' > 'Z'`)).toBe(true)
  expect(await ask(server.url('postgres'), `SELECT upper('é')`)).toBe('É')
})

test('it listens on 127.0.0.1 only, and asks for a password', async () => {
  expect(await ask(server.url('postgres'), 'SHOW listen_addresses')).toBe('127.0.0.1')
  expect(await ask(server.url('postgres'), 'SHOW unix_socket_directories')).toBe('')
  const withoutPassword = new URL(server.url('postgres'))
  withoutPassword.password = 'wrong'
  await expect(ask(withoutPassword.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('a database made from a template holds what the template holds, and changes on its own', async () => {
  const template = await server.createDatabase('the "template"')
  await ask(template, 'CREATE TABLE item AS SELECT 1 AS id')
  const copy = await server.createDatabase('copy', 'the "template"')
  expect(await ask(copy, 'SELECT count(*)::int FROM item')).toBe(1)
  await ask(copy, 'DELETE FROM item')
  expect(await ask(template, 'SELECT count(*)::int FROM item')).toBe(1)
})

test('a database is dropped although someone is connected to it, and dropping it twice is no error', async () => {
  const client = new pg.Client(await server.createDatabase('dropped'))
  let isCutOff = false
  client.on('error', () => {
    isCutOff = true
  })
  await client.connect()
  await server.dropDatabase('dropped')
  await waitFor(() => isCutOff, { message: 'the client to be cut off' })
  await server.dropDatabase('dropped')
  await expect(ask(server.url('dropped'), 'SELECT 1')).rejects.toThrow('does not exist')
})

test('a wrong setting is an error that carries the log of the server', async () => {
  await expect(startPostgres({ settings: { wrong_setting: '1' } })).rejects.toThrow(
    /unrecognized.*wrong_setting/,
  )
}, 60_000)

test('when the process that started it is killed, the server ends and its files go', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'start-postgres.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  const directory = dirname(await ask(url, 'SHOW data_directory'))
  expect(existsSync(join(directory, 'data', 'PG_VERSION'))).toBe(true)

  parent.kill('SIGKILL')

  await waitFor(() => !existsSync(directory), { message: 'the directory to go' })
  await expect(ask(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
}, 60_000)

test('when that process is killed before the server runs, nothing stays either', async () => {
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-test-'))
  await chmod(temporaryDirectory, 0o777)
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'start-postgres.ts')], {
    env: { ...process.env, TMPDIR: temporaryDirectory },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const serverDirectories = async () =>
    (await readdir(temporaryDirectory)).filter((name) => name.startsWith('workflow-webhooks-postgres-'))
  const isBeingMade = async () => {
    const [directory = 'none'] = await serverDirectories()
    return existsSync(join(temporaryDirectory, directory, 'data', 'PG_VERSION'))
  }
  await waitFor(isBeingMade, { timeoutMs: 30_000, message: 'the directory of the server' })

  parent.kill('SIGKILL')

  await waitFor(async () => (await serverDirectories()).length === 0, { message: 'the directory to go' })
  await rm(temporaryDirectory, { recursive: true })
}, 60_000)

async function ask(url: string, sql: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
