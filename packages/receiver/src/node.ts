import type { IncomingMessage, ServerResponse } from 'node:http'
import { PayloadError } from './parse.ts'
import { type Answer, createReceive, type HandlerOptions } from './receive.ts'

/**
 * Makes a request listener for `node:http` and `node:https`, and a route handler for Express and the like.
 *
 * It needs the raw body: mount it before `express.json()`, or behind `express.raw({ type: '*\/*' })`.
 *
 * Answers 204 when the event is handled or was before, 401 when the request is not genuine, 400 when its body
 * is not a delivery, 405 and 413; and 500, after which the sender tries again, when `onEvent` throws.
 *
 * @throws TypeError where the secret is missing or malformed.
 */
export function createNodeHandler(
  options: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const receive = createReceive(options)
  return async (request, response) => {
    const answer = await receive({
      method: request.method,
      headers: request.headers,
      readBody: (maxBytes) => readBody(request, maxBytes),
    })
    // Where the sender has gone, there is nobody to answer.
    if (!response.destroyed) send(response, answer)
  }
}

/** Reads a body that is too large to its end, keeping none of it: a sender reads no answer while it writes. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const { body } = request as { body?: unknown }
  if (body instanceof Uint8Array) return body.length > maxBytes ? undefined : body
  if (request.readableEnded) {
    throw new TypeError('The raw body is gone: mount the handler before what parses bodies')
  }
  let chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > maxBytes) chunks = []
      else chunks.push(chunk)
    }
  } catch (cause) {
    throw new PayloadError('The request broke off', { cause })
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, text, headers }: Answer): void {
  const type = text === undefined ? {} : { 'content-type': 'text/plain; charset=utf-8' }
  response.writeHead(status, { ...type, ...headers }).end(text)
}
