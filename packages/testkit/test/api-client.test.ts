import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../src/index.ts'

let server: Server
let url: string

/** Answers with what it was sent; 404 to what it does not know, and nothing to DELETE. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    if (request.url !== '/api/v1/echo') return response.writeHead(404).end('{"code":"not_found"}')
    if (request.method === 'DELETE') return response.writeHead(204).end()
    const { authorization, 'content-type': type = null } = request.headers
    return response.end(JSON.stringify({ authorization, type, body: Buffer.concat(chunks).toString() }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

test('a call carries the key, and says that it is JSON where it has a body', async () => {
  const api = createApi(url, 'key')
  const bare = { authorization: 'Bearer key', type: null, body: '' }
  expect(await api.call('GET', '/echo')).toEqual(bare)
  const withBody = { ...bare, type: 'application/json', body: '{"name":"Acme"}' }
  expect(await api.call('POST', '/echo', { name: 'Acme' })).toEqual(withBody)
  expect(await api.call('DELETE', '/echo')).toBeUndefined()
})

test('an answer that is no 2xx is an error that says which call it was, and why', async () => {
  const api = createApi(url, 'key')
  await expect(api.call('GET', '/nothing')).rejects.toThrow('GET /nothing answered 404: {"code":"not_found"}')
  expect((await api.request('GET', '/nothing')).status).toBe(404)
})
