type ErrorCodeRow = { readonly status: number; readonly title: string }

/** Every error that the API can answer: the stable `code`, its HTTP status and its title (RFC 9457). */
export const errorCodes = {
  /** A field of the body, the query (a foreign cursor too) or a header is wrong; `errors` names each. */
  validation_failed: { status: 400, title: 'The request has fields that are wrong' },
  /** The body is not JSON, or has a key such as `__proto__`. */
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  /** The request could not be read as HTTP, or its URL is not validly encoded. */
  bad_request: { status: 400, title: 'The request cannot be understood' },
  /** The webhook's host has no address. */
  url_unresolved: { status: 400, title: 'The host of the URL does not resolve' },
  /** The egress guard refuses the webhook's destination. */
  url_refused: { status: 400, title: 'The URL leads to a destination that is not allowed' },
  /** No API key or session, or one that is unknown, revoked or expired. */
  unauthorized: { status: 401, title: 'A valid API key or session is required' },
  /** A sign-in with an e-mail or a password that is wrong: which of them is not told. */
  wrong_credentials: { status: 401, title: 'The e-mail or the password is wrong' },
  /** A change by cookie that does not come from the app's own pages. */
  cross_origin: { status: 403, title: 'The call does not come from the app’s own pages' },
  /** The caller's role may not do this. */
  forbidden: { status: 403, title: 'Your role may not do this' },
  /** The profile has no webhook access: webhooks cannot be configured, tested or replayed. */
  webhook_access_required: { status: 403, title: 'The profile has no webhook access' },
  /** There is no such thing, or it belongs to another profile. */
  not_found: { status: 404, title: 'Not found' },
  /** The path exists, the method does not. */
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  /** `expectedState` no longer holds. */
  state_conflict: { status: 409, title: 'The item is not in the expected state' },
  /** Items or filters use a state that was to be removed. */
  state_in_use: { status: 409, title: 'A state that is in use cannot be removed' },
  /** `resolvedState` or `initialState` would not be among the workflow's states. */
  state_missing: { status: 409, title: 'The state is not one of the workflow’s states' },
  /** A secret or header values were encrypted with another key, or are damaged: rotate, or give them anew. */
  secret_unreadable: { status: 409, title: 'What is stored cannot be decrypted' },
  /** The key came before with another body. */
  idempotency_key_reused: { status: 409, title: 'The Idempotency-Key was used for another request' },
  /** The first call with the key is still under way. */
  idempotency_key_in_progress: { status: 409, title: 'A request with this Idempotency-Key is in progress' },
  /** Somebody with this e-mail is a member or an operator already; a person works in one profile. */
  member_exists: { status: 409, title: 'The e-mail belongs to a member already' },
  /** Somebody must be left who can let others in. */
  last_operator: { status: 409, title: 'The last operator cannot be removed' },
  /** A disabled webhook sends nothing: no test, no replay. */
  webhook_disabled: { status: 409, title: 'The webhook is disabled' },
  /** The webhook is deleted; its log can be read, nothing can be sent. */
  webhook_deleted: { status: 409, title: 'The webhook is deleted' },
  /** The workflow has as many webhooks as it may have. */
  webhook_limit_reached: { status: 409, title: 'The workflow has the most webhooks that it may have' },
  /** A delivery that is still pending cannot be replayed. */
  delivery_pending: { status: 409, title: 'The delivery is still pending' },
  /** It is in flight, waits for an earlier one of its item, or is settled (then: replay it). */
  delivery_not_waiting: { status: 409, title: 'The delivery does not wait for a retry' },
  /** The selection has more than 100,000 events: choose a shorter time. */
  replay_too_large: { status: 409, title: 'The replay has too many events' },
  /** `If-Match` is stale; `current` has the present values. */
  version_conflict: { status: 412, title: 'The webhook has changed since it was read' },
  /** The body is larger than 1 MiB, or 32 MiB where it is a batch. */
  body_too_large: { status: 413, title: 'The body is larger than 1 MiB, or than 32 MiB where it is a batch' },
  /** The body is not `application/json`. */
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  /** Too many tries to sign in; `Retry-After` says when to come back. */
  too_many_tries: { status: 429, title: 'Too many tries' },
  /** The request's headers are larger than the server reads. */
  headers_too_large: { status: 431, title: 'The headers are too large' },
  /** The server's own fault; the log has the cause. */
  internal: { status: 500, title: 'Something went wrong on our side' },
  /** As many change streams are open as there may be, or as one caller may have: try again later. */
  too_many_streams: { status: 503, title: 'Too many change streams are open' },
  /** The database does not answer, or the server is stopping: try again. */
  unavailable: { status: 503, title: 'The service is not available at the moment' },
} as const satisfies { readonly [code: string]: ErrorCodeRow }

export type ErrorCode = keyof typeof errorCodes
