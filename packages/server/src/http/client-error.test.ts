import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app.ts'

let api: TestApp
let port: number

beforeAll(async () => {
  api = await createTestApp()
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
})
afterAll(() => api.app.close())

test.each([
  ['what is not HTTP', 'hello\r\n\r\n', 400, 'bad_request'],
  ['an unknown method', 'MAKE / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'bad_request'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers_too_large',
  ],
  ['a request without a host', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'bad_request'],
  ['an unknown expectation', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: miracles\r\n\r\n', 400, 'bad_request'],
  [
    'two lengths',
    'POST /api/v1/profiles HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{',
    400,
    'bad_request',
  ],
  [
    'a length beside chunks',
    'POST /api/v1/profiles HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n{',
    400,
    'bad_request',
  ],
  [
    'chunks that are none',
    'POST /api/v1/profiles HTTP/1.1\r\nhost: x\r\nauthorization: Bearer operator\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
    'bad_request',
  ],
])('%s is answered with a problem, and the connection closes', async (_, request, status, code) => {
  const answer = await exchange(request)
  const [head, body] = answer.split('\r\n\r\n') as [string, string]
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toMatch(/content-type: application\/problem\+json/i)
  expect(JSON.parse(body)).toMatchObject({ status, code })
})

async function exchange(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  socket.on('error', () => {})
  socket.write(request)
  await once(socket, 'close')
  return answer
}
