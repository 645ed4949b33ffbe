import { type ErrorCode, PROBLEM_MEDIA_TYPE, type Problem, problemOf } from '@workflow-webhooks/contract'
import type { FastifyReply } from 'fastify'
import { AppError } from '../base/errors.ts'
import { isDatabaseUnavailable } from './database-unavailable.ts'

/** The error of an answer: what the caller is told, and whether it is our fault and to be logged. */
export type Failure = { problem: Problem; isOurs: boolean }

/**
 * What a caller is told of an error (RFC 9457). Of one that nobody expected it is told nothing, but for an id under
 * which the log has it.
 */
export function toFailure(error: unknown, requestId?: string): Failure {
  const code = codeOf(error)
  const { fields, members, message } = error instanceof AppError ? error : { fields: [], members: {} }
  const isOurs = code === 'internal' || code === 'unavailable'
  const detail = error instanceof AppError ? message : details[code]
  const problem = {
    ...problemOf(code, fields.length > 0 ? fields : undefined),
    ...(detail && { detail }),
    ...(isOurs && requestId && { requestId }),
    ...members,
  }
  return { problem, isOurs }
}

/** Answers a problem. As bytes, since to a text Fastify would add a charset, which JSON has not. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="workflow-webhooks"')
  return reply
    .code(problem.status)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(JSON.stringify(problem)))
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code
  if (isDatabaseUnavailable(error)) return 'unavailable'
  const { code, statusCode = 500 } = error as { code?: string; statusCode?: number }
  return (
    frameworkCodes[code ?? ''] ?? (code?.startsWith('FST_') && statusCode < 500 ? 'bad_request' : 'internal')
  )
}

/** Of Fastify's errors, those that a caller can cause. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'bad_request',
  // An id that is longer than any names nothing.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
}

const details: Partial<Record<ErrorCode, string>> = {
  bad_request: 'The URL or the headers are not valid HTTP.',
  not_found: 'There is no such path.',
  unsupported_media_type: 'Send JSON, with the header `Content-Type: application/json`.',
  unavailable: 'The database does not answer. Try again.',
  internal: 'The error is on record. Try again, and quote `requestId` to support if it stays.',
}
