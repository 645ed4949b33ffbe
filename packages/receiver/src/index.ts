export type { DeliveryPayload } from '@workflow-webhooks/contract'
export {
  createDeduplicator,
  type DeduplicationKey,
  type Deduplicator,
  type DeduplicatorOptions,
} from './deduplicate.ts'
export { hasSecret } from './has-secret.ts'
export type { RequestHeaders } from './headers.ts'
export { createNodeHandler } from './node.ts'
export { PayloadError, parse } from './parse.ts'
export type { HandlerOptions } from './receive.ts'
export type { Secret } from './secret.ts'
export {
  type Delivery,
  VerificationError,
  type VerificationFailure,
  type VerifyOptions,
  verify,
} from './verify.ts'
export { createWebHandler } from './web.ts'
