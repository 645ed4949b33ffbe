import { once } from 'node:events'
import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { DeliveryPayload, HandlerOptions } from '../src/index.ts'
import { createNodeHandler, createWebHandler } from '../src/index.ts'
import { body, now, payload, secret, signedHeaders } from './sample.ts'

type Send = (request?: {
  method?: string
  headers?: Record<string, string>
  body?: string
}) => Promise<Response>

const closers: Array<() => void> = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function openNode(options: HandlerOptions): Promise<Send> {
  const url = await serve(createNodeHandler(options))
  return ({ method = 'POST', headers = signedHeaders(), body: sent = body } = {}) =>
    fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: sent }) })
}

async function openWeb(options: HandlerOptions): Promise<Send> {
  const handle = createWebHandler(options)
  return ({ method = 'POST', headers = signedHeaders(), body: sent = body } = {}) =>
    handle(
      new Request('https://a.example/', { method, headers, ...(method === 'GET' ? {} : { body: sent }) }),
    )
}

describe.for([
  { runtime: 'Node', open: openNode },
  { runtime: 'Web', open: openWeb },
])('the handler for $runtime', ({ open }) => {
  async function start(options: Partial<HandlerOptions> = {}) {
    const events: DeliveryPayload[] = []
    const errors: unknown[] = []
    const onEvent: HandlerOptions['onEvent'] = (event) => void events.push(event)
    const onError = (error: unknown) => void errors.push(error)
    return { send: await open({ secret, now, onEvent, onError, ...options }), events, errors }
  }

  test('hands over a genuine event and answers 204', async () => {
    const { send, events, errors } = await start()
    const response = await send()
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
    expect(events).toEqual([payload])
    expect(errors).toEqual([])
  })

  test('tells the attempt apart by its headers', async () => {
    const deliveries: unknown[] = []
    const { send } = await start({ onEvent: (_, delivery) => void deliveries.push(delivery) })
    await send()
    expect(deliveries).toMatchObject([{ webhookId: 'evt_1', deliveryId: 'del_1', attempt: 2 }])
  })

  test('answers a repeat 204 and does not hand it over again', async () => {
    const { send, events } = await start()
    expect((await send()).status).toBe(204)
    expect((await send()).status).toBe(204)
    expect(events).toHaveLength(1)
  })

  test('answers 500 when the event could not be handled, and hands it over again', async () => {
    let calls = 0
    const { send, errors } = await start({
      onEvent: async () => {
        calls += 1
        if (calls === 1) throw new Error('the database is away')
      },
    })
    const response = await send()
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('The event was not handled')
    expect(errors).toEqual([new Error('the database is away')])
    expect((await send()).status).toBe(204)
    expect(calls).toBe(2)
  })

  test('answers 401 to what is not genuine, and says why', async () => {
    const { send, events } = await start()
    const forged = await send({ body: `${body} ` })
    expect(forged.status).toBe(401)
    expect(await forged.text()).toContain('webhook-signature has no signature of this body')
    const unsigned = await send({ headers: {} })
    expect(unsigned.status).toBe(401)
    expect(events).toEqual([])
  })

  test('answers 400 to a genuine body that is no delivery', async () => {
    const { send, events } = await start()
    const response = await send({ headers: signedHeaders({ body: '{}' }), body: '{}' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('The body is not a delivery: event: ')
    expect(events).toEqual([])
  })

  test('answers 413 to a body above the limit, and takes one of exactly the limit', async () => {
    const { send } = await start({ maxBodyBytes: Buffer.byteLength(body) })
    expect((await send()).status).toBe(204)
    const longer = `${body} `
    expect((await send({ headers: signedHeaders({ body: longer }), body: longer })).status).toBe(413)
    const { send: sendToDefault } = await start()
    const large = ' '.repeat(1_048_577)
    expect((await sendToDefault({ headers: signedHeaders({ body: large }), body: large })).status).toBe(413)
  })

  test('answers 405 to other methods', async () => {
    const { send } = await start()
    const response = await send({ method: 'GET' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('keeps to the tolerance and the endpoint that it is given', async () => {
    const keys: unknown[] = []
    const { send } = await start({
      toleranceSeconds: 0,
      endpoint: 'siem',
      deduplicator: {
        once: async (key, handle) => {
          keys.push(key)
          await handle()
          return 'handled'
        },
      },
    })
    expect((await send()).status).toBe(204)
    expect((await send({ headers: signedHeaders({ at: now() - 1000 }) })).status).toBe(401)
    expect(keys).toEqual([{ endpoint: 'siem', webhookId: 'evt_1' }])
  })

  test('does not start without a secret', async () => {
    await expect(start({ secret: undefined as unknown as string })).rejects.toThrow(TypeError)
    await expect(start({ secret: 'whsec_%' })).rejects.toThrow(TypeError)
  })
})

describe('in Express and the like', () => {
  const options = { secret, now, onEvent: () => {} }

  test('a raw body that was read before is taken', async () => {
    const handle = createNodeHandler(options)
    const url = await serve(async (request, response) => {
      await handle(Object.assign(request, { body: await read(request) }), response)
    })
    expect((await fetch(url, { method: 'POST', headers: signedHeaders(), body })).status).toBe(204)
    const short = createNodeHandler({ ...options, maxBodyBytes: 1 })
    const shortUrl = await serve(async (request, response) => {
      await short(Object.assign(request, { body: await read(request) }), response)
    })
    expect((await fetch(shortUrl, { method: 'POST', headers: signedHeaders(), body })).status).toBe(413)
  })

  test('a body that was parsed before is a mistake that is told, not a request without a body', async () => {
    const errors: unknown[] = []
    const handle = createNodeHandler({ ...options, onError: (error) => void errors.push(error) })
    const url = await serve(async (request, response) => {
      await handle(Object.assign(request, { body: JSON.parse(String(await read(request))) }), response)
    })
    expect((await fetch(url, { method: 'POST', headers: signedHeaders(), body })).status).toBe(500)
    expect(errors).toMatchObject([{ message: expect.stringContaining('The raw body is gone') }])
  })

  async function read(request: IncomingMessage): Promise<Buffer> {
    return Buffer.concat(await request.toArray())
  }
})

test('a sender that breaks off is no error of the receiver', async () => {
  const errors: unknown[] = []
  const ended = Promise.withResolvers<void>()
  const handle = createNodeHandler({ secret, onEvent: () => {}, onError: (error) => void errors.push(error) })
  const arrived = Promise.withResolvers<void>()
  const url = await serve((request, response) => {
    request.once('readable', arrived.resolve)
    handle(request, response).then(ended.resolve, ended.reject)
  })
  const outgoing = openRequest(url, { method: 'POST', headers: { 'content-length': 100 } })
  outgoing.on('error', () => {})
  outgoing.write('{')
  await arrived.promise
  outgoing.destroy()
  await ended.promise
  expect(errors).toEqual([])
})

test('a Web request whose body was read before is a mistake that is told', async () => {
  const errors: unknown[] = []
  const handle = createWebHandler({
    secret,
    now,
    onEvent: () => {},
    onError: (error) => void errors.push(error),
  })
  const request = new Request('https://a.example/', { method: 'POST', headers: signedHeaders(), body })
  await request.text()
  expect((await handle(request)).status).toBe(500)
  expect(errors).toMatchObject([{ message: expect.stringContaining('The raw body is gone') }])
})
