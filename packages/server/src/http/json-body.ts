import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError, invalidField } from '../base/errors.ts'
import { hasTooManyParts } from './json-parts.ts'
import { mayHoldBadText, refuseBadText } from './text-check.ts'

/** The most bytes of a body, and of one that is a batch. */
export const MAX_BODY_BYTES = 1024 * 1024
export const MAX_BATCH_BODY_BYTES = 32 * MAX_BODY_BYTES

/** So little can hold no harm. */
const UNCOUNTED_BYTES = 64 * 1024

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The field that a batch is in, where the route takes one: such a body may be larger. */
    batchField?: string
  }
}

/**
 * Has all bodies read here: JSON in UTF-8 and nothing else. Whatever is wrong with a body, all of it is read first,
 * so that the caller is there to read the answer and the connection can be used again.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', (request, payload, done) => {
    if (request.is404) return passOver(payload, done)
    const hasKnownForm = isPlainJson(request)
    const limit = request.routeOptions.config.batchField ? MAX_BATCH_BODY_BYTES : MAX_BODY_BYTES
    readBytes(payload, hasKnownForm ? limit : 0, (error, bytes) => {
      try {
        if (error) throw error
        if (!hasKnownForm) throw unsupported()
        if (bytes === null) throw tooLarge(limit)
        done(null, parse(bytes, request.routeOptions.config.batchField))
      } catch (failure) {
        done(failure as Error)
      }
    })
  })
  app.addContentTypeParser('*', (request, payload, done) => {
    if (request.is404) return passOver(payload, done)
    readBytes(payload, 0, (error, bytes) => {
      if (error) done(error)
      // What has no bytes needs no media type.
      else if (bytes !== null) done(null, undefined)
      else done(unsupported())
    })
  })
}

/** A path that is not there is that first of all, whatever is wrong with the body. */
function passOver(payload: IncomingMessage, done: (error: Error | null) => void): void {
  readBytes(payload, 0, done)
}

/** Reads all that comes; gives its bytes, or null where there are more than `limit`, which are then thrown away. */
function readBytes(
  payload: IncomingMessage,
  limit: number,
  done: (error: Error | null, bytes: Buffer | null) => void,
): void {
  let chunks: Buffer[] = []
  let length = 0
  payload.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else chunks = []
  })
  payload.once('end', () => {
    if (length > limit) done(null, null)
    else done(null, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length))
  })
  payload.once('error', (cause) => {
    done(new AppError('bad_request', 'The body broke off.', { cause }), null)
  })
}

function parse(bytes: Buffer, batchField: string | undefined): unknown {
  // A call that takes no body may come with the header all the same.
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw new AppError('malformed_json', 'The body is not valid UTF-8.')
  if (bytes.length > UNCOUNTED_BYTES && hasTooManyParts(bytes))
    throw invalidField('body', 'has more values than any call takes')
  const text = bytes.toString('utf8')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed_json', `The body is not valid JSON${positionOf(cause)}.`, { cause })
  }
  // No call takes it, and to Fastify it would be as if no body had come.
  if (body === null) throw invalidField('body', 'must be an object')
  if (bytes.length > MAX_BODY_BYTES && !isBatch(body, batchField)) throw tooLarge(MAX_BODY_BYTES)
  if (mayHoldBadText(text)) refuseBadText(body)
  return body
}

function isBatch(body: unknown, field: string | undefined): boolean {
  return typeof body === 'object' && body !== null && field !== undefined && Object.hasOwn(body, field)
}

/** Where the fault is; the rest of what the engine says would quote the body. */
function positionOf(error: unknown): string {
  const place = / at position \d+/.exec((error as Error).message)?.[0]
  return place === undefined ? '' : `,${place}`
}

/** `charset=utf-8` may be said (RFC 8259 knows no other); a coding such as gzip is not undone. */
function isPlainJson({ headers }: FastifyRequest): boolean {
  const coding = headers['content-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'identity') return false
  const type = headers['content-type']
  return type === 'application/json' || plainJson.test(type ?? '')
}

const plainJson = /^application\/json(\s*;\s*charset\s*=\s*"?utf-?8"?)?\s*;?\s*$/i

function unsupported(): AppError {
  return new AppError(
    'unsupported_media_type',
    'Send JSON in UTF-8 without compression, with the header `Content-Type: application/json`.',
  )
}

function tooLarge(limit: number): AppError {
  return new AppError('body_too_large', `The body must be at most ${limit / MAX_BODY_BYTES} MiB.`)
}
