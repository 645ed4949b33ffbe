import type { ErrorCode } from '@workflow-webhooks/contract'

/** One wrong field of a call, by its path in the body (`alert.links.content`, `items[3].state`). */
export type FieldError = { field: string; message: string }

/**
 * What a caller did that cannot be done. The code is one of the contract's table, which gives the status and title;
 * `detail` is shown to the caller. What is expected in operation (a 500 from a receiver) is data, never thrown.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly fields: FieldError[]
  /** Further members of the problem document, such as `current` of a version conflict. */
  readonly members: Record<string, unknown>

  constructor(
    code: ErrorCode,
    detail: string,
    options: { fields?: FieldError[]; members?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause })
    this.code = code
    this.fields = options.fields ?? []
    this.members = options.members ?? {}
  }
}

/** A validation error of one field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('validation_failed', `${field} ${message}`, { fields: [{ field, message }] })
}

/** What is not there, or belongs to another profile: the two are not told apart. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}.`)
}

/** What is asked for too often; `retryAfterSeconds` goes into the answer's header `Retry-After` too. */
export function tooManyTries(detail: string, retryAfterSeconds: number): AppError {
  return new AppError('too_many_tries', detail, { members: { retryAfter: retryAfterSeconds } })
}
