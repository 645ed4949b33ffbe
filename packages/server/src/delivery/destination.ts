import { createBatcher } from '../base/batcher.ts'
import type { Encryption } from '../base/encryption.ts'
import { textArray } from '../database/array-parameters.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'

/** Where a webhook's requests go, and what they carry: one version of its configuration, decrypted. */
export type Destination = {
  webhookVersion: number
  url: string
  /** Of the URL: what logs and metrics may show. */
  host: string
  /** The present one. */
  secret: string
  /** One from before a rotation, which signs too until then (milliseconds since the epoch). */
  previousSecret?: { secret: string; until: number }
  /** Custom headers, by name. */
  headers: Record<string, string>
}

/** A destination whose secrets cannot be decrypted: its deliveries fail, with this reason on record. */
export type UnreadableDestination = { webhookVersion: number; url: string; host: string; unreadable: string }

type Row = {
  webhook_id: string
  version: number
  url: string
  headers: Buffer
  secret: Buffer
  previous_secret: Buffer | null
  previous_secret_until: Date | null
}

const readDestinationsStatement = statement<Row>(
  'read-destinations',
  `SELECT webhook_id, version, url, headers, secret, previous_secret, previous_secret_until
   FROM webhook WHERE webhook_id = ANY ($1::text[])`,
)

const CACHED_DESTINATIONS = 10_000

/** The destinations of webhooks, decrypted once for each version. */
export class Destinations {
  private readonly byWebhook = new Map<string, Destination | UnreadableDestination>()
  private readonly read: (webhookId: string) => Promise<Row | undefined>
  private readonly encryption: Encryption

  constructor(database: Database, encryption: Encryption) {
    this.encryption = encryption
    this.read = createBatcher<string, Row | undefined>(
      async (webhookIds) => {
        const rows = await database.run(readDestinationsStatement, [textArray(webhookIds)])
        const byWebhook = new Map(rows.map((row) => [row.webhook_id, row]))
        return webhookIds.map((webhookId) => byWebhook.get(webhookId))
      },
      { maxWeight: 1_000 },
    )
  }

  /** The destination of a webhook, of `version` or newer: an edit holds for all that is sent after it. */
  async get(webhookId: string, version: number): Promise<Destination | UnreadableDestination> {
    const cached = this.byWebhook.get(webhookId)
    if (cached && cached.webhookVersion >= version) return cached
    const row = await this.read(webhookId)
    if (!row) throw new Error(`webhook ${webhookId} is not in the database`)
    if (this.byWebhook.size >= CACHED_DESTINATIONS) this.byWebhook.clear()
    const destination = this.toDestination(row)
    this.byWebhook.set(webhookId, destination)
    return destination
  }

  private toDestination(row: Row): Destination | UnreadableDestination {
    const about = { webhookVersion: row.version, url: row.url, host: new URL(row.url).host }
    try {
      return {
        ...about,
        secret: this.encryption.decrypt(row.secret),
        headers: JSON.parse(this.encryption.decrypt(row.headers)),
        ...(row.previous_secret &&
          row.previous_secret_until && {
            previousSecret: {
              secret: this.encryption.decrypt(row.previous_secret),
              until: row.previous_secret_until.getTime(),
            },
          }),
      }
    } catch (error) {
      return { ...about, unreadable: (error as Error).message }
    }
  }
}
