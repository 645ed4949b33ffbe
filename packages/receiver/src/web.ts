import { PayloadError } from './parse.ts'
import { createReceive, type HandlerOptions } from './receive.ts'

/**
 * Makes a handler of Web requests, for Next.js, Hono, Deno, Bun, Cloudflare Workers and the like. It answers
 * as `createNodeHandler` does.
 *
 * @throws TypeError where the secret is missing or malformed.
 */
export function createWebHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const receive = createReceive(options)
  return async (request) => {
    const { status, text, headers } = await receive({
      method: request.method,
      headers: request.headers,
      readBody: (maxBytes) => readBody(request, maxBytes),
    })
    const type = text === undefined ? {} : { 'content-type': 'text/plain; charset=utf-8' }
    return new Response(text ?? null, { status, headers: { ...type, ...headers } })
  }
}

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (request.bodyUsed)
    throw new TypeError('The raw body is gone: hand over the request before its body is read')
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = request.body?.getReader()
  for (let chunk = await read(reader); chunk !== undefined; chunk = await read(reader)) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      await reader?.cancel()
      return undefined
    }
    chunks.push(chunk)
  }
  const body = new Uint8Array(bytes)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.length
  }
  return body
}

type BodyReader = { read(): Promise<{ value?: Uint8Array | undefined }> } | undefined

async function read(reader: BodyReader): Promise<Uint8Array | undefined> {
  try {
    return (await reader?.read())?.value
  } catch (cause) {
    throw new PayloadError('The request broke off', { cause })
  }
}
