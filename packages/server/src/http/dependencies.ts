import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../database/database.ts'
import type { Pipeline } from '../pipeline.ts'
import type { Authenticator } from '../profile/authenticator.ts'
import type { WebhookSettings } from '../webhook/webhooks.ts'

/** What the API is made of. */
export type AppDependencies = {
  database: Database
  pipeline: Pipeline
  clock: Clock
  authenticator: Authenticator
  webhookSettings: WebhookSettings
  /** Where an item's page is. */
  itemUrl: (workflowId: string, itemId: string) => string
  /** There may be something to send for these webhooks: a hint, given after the commit. */
  wake: (webhookIds: string[]) => void
  log: Logger
  metrics: Registry
}
