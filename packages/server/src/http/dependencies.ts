import type { DeliveryRules } from '@workflow-webhooks/contract'
import type { Logger } from 'pino'
import type { Changes } from '../base/changes.ts'
import type { Clock } from '../base/clock.ts'
import type { Exposition, Telemetry } from '../base/telemetry.ts'
import type { Database } from '../database/database.ts'
import type { Messenger } from '../notice/messenger.ts'
import type { Pipeline } from '../pipeline.ts'
import type { Authenticator } from '../profile/authenticator.ts'
import type { Sessions } from '../profile/sessions.ts'
import type { WebhookSettings } from '../webhook/webhooks.ts'
import type { ChangeStreamSettings } from './change-streams.ts'

/** What the API is made of. */
export type AppDependencies = {
  database: Database
  pipeline: Pipeline
  clock: Clock
  authenticator: Authenticator
  sessions: Sessions
  /** Where browsers reach the service, without a slash at its end. */
  publicUrl: () => string
  /** The proxies whose word counts on where a call comes from: addresses or CIDRs. */
  trustedProxies: string[]
  webhookSettings: WebhookSettings
  /** When attempts are given up and made again; what people are told of it. */
  deliveryRules: Pick<DeliveryRules, 'retryDelaysMs' | 'timeoutMs' | 'keptDays'>
  /** Where an item's page is. */
  itemUrl: (workflowId: string, itemId: string) => string
  /** There may be something to send for these webhooks: a hint, given after the commit. */
  wake: (webhookIds: string[]) => void
  /** A replay has just been started, or is to be canceled: a hint, given after the commit. */
  runReplay: (replayId: string) => void
  /** Sends notices to where members wish. */
  messenger: Messenger
  changes: Pick<Changes, 'changed' | 'listen'>
  changeStreamSettings: ChangeStreamSettings
  log: Logger
  telemetry: Telemetry
  /** What of the telemetry `/metrics` shows. */
  metrics: Exposition
}
