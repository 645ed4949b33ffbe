import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, smallestAlert, type TestApp } from '../../test/support/test-app.ts'
import { MAX_BATCH_BODY_BYTES, MAX_BODY_BYTES } from './json-body.ts'

const ITEMS = '/api/v1/workflows/wfl_1/items'
const STATE = '/api/v1/workflows/wfl_1/items/itm_1/state'
const one = JSON.stringify({ alert: smallestAlert })
let api: TestApp

beforeAll(async () => {
  api = await createTestApp()
})
afterAll(() => api.app.close())

describe('a body is JSON in UTF-8', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    '%s is taken',
    async (type) => {
      const answer = await api.call('POST', ITEMS, { body: one, headers: { 'content-type': type } })
      expect(answer.statusCode).toBe(201)
    },
  )

  test.each([
    'text/plain',
    'application/json; charset=latin1',
    'application/x-www-form-urlencoded',
    'nonsense',
  ])('%s is not', async (type) => {
    const answer = await api.call('POST', ITEMS, { body: one, headers: { 'content-type': type } })
    expect(answer.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  })

  test('nor is what is compressed', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const answer = await api.call('POST', ITEMS, { body: gzipSync(one), headers })
    expect(answer.statusCode).toBe(415)
  })

  test.each([
    ['half of it', '{"alert":'],
    ['an empty text', ' '],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a byte order mark', `\ufeff${one}`],
  ])('%s is malformed', async (_, body) => {
    const answer = await api.call('POST', ITEMS, { body })
    expect(answer.json()).toMatchObject({ status: 400, code: 'malformed_json' })
  })

  test('the key __proto__ is JSON, and refused as a field', async () => {
    const answer = await api.call('POST', ITEMS, { body: '{"alert":{"__proto__":{}}}' })
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'validation_failed',
      errors: [{ field: 'alert.__proto__' }],
    })
  })

  test('what the engine says of a malformed body is not repeated, since it would quote it', async () => {
    const answer = await api.call('POST', ITEMS, { body: '{"secret": whsec_abc}' })
    expect(answer.body).not.toContain('whsec')
  })

  test.each(['null', '[]', '"text"', '1'])('%s is no object', async (body) => {
    const answer = await api.call('POST', STATE, { body })
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ field: 'body', message: 'must be an object' }],
    })
  })

  test('more values than any call takes are refused before they are parsed', async () => {
    const answer = await api.call('POST', ITEMS, { body: `{"items":[${'1,'.repeat(5_000_000)}1]}` })
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'body' }] })
  })

  test('arrays nested without end are refused like any other wrong body', async () => {
    const answer = await api.call('POST', ITEMS, {
      body: `{"alert":${'['.repeat(300_000)}${']'.repeat(300_000)}}`,
    })
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed' })
  })
})

describe('a body has its limit', () => {
  test('one item may have 1 MiB and no byte more', async () => {
    const fill = (bytes: number) => one.padEnd(bytes, ' ')
    expect((await api.call('POST', ITEMS, { body: fill(MAX_BODY_BYTES) })).statusCode).toBe(201)
    const answer = await api.call('POST', ITEMS, { body: fill(MAX_BODY_BYTES + 1) })
    expect(answer.json()).toMatchObject({ status: 413, code: 'body_too_large' })
  })

  test('a batch may have 32 MiB and no byte more', async () => {
    const batch = JSON.stringify({ items: [{ alert: smallestAlert }] })
    const fill = (bytes: number) => batch.padEnd(bytes, ' ')
    expect((await api.call('POST', ITEMS, { body: fill(MAX_BATCH_BODY_BYTES) })).statusCode).toBe(201)
    expect((await api.call('POST', ITEMS, { body: fill(MAX_BATCH_BODY_BYTES + 1) })).statusCode).toBe(413)
  })

  test('calls that take no batch stay at 1 MiB', async () => {
    const body = JSON.stringify({ state: 'New' }).padEnd(MAX_BODY_BYTES + 1, ' ')
    expect((await api.call('POST', STATE, { body })).statusCode).toBe(413)
  })

  test('a body that is too large is read to its end, and the connection can be used again', async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 })
    const socket = connect((api.app.server.address() as AddressInfo).port, '127.0.0.1')
    const [connection] = (await once(api.app.server, 'connection')) as [Socket]
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text
    })
    const head = `POST ${STATE} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin\r\ncontent-type: application/json\r\n`
    const bytes = 3 * MAX_BODY_BYTES
    socket.write(`${head}content-length: ${bytes}\r\n\r\n`)
    socket.write(Buffer.alloc(bytes - 1, 32))
    while (connection.bytesRead < head.length + bytes - 1) await setImmediate()
    expect(received).toBe('')
    socket.write(' ')
    socket.write(`${head}content-length: 2\r\n\r\n{}`)
    while (!received.includes('validation_failed')) await once(socket, 'data')
    expect(received).toMatch(/^HTTP\/1\.1 413 .*HTTP\/1\.1 400 /s)
    expect(received).not.toMatch(/connection: close/i)
    socket.destroy()
  })
})
