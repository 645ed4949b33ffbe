import { type Kysely, sql } from 'kysely'

/** What is pending of a webhook whose topics or filters change is compared in steps: see `delivery/cancel-runner.ts`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Up to which item pending deliveries were compared with the webhook's topics and filters; none where all were.
  `ALTER TABLE lane ADD compared_to id`,
  `DROP INDEX lane_to_cancel`,
  `CREATE INDEX lane_to_cancel ON lane (webhook_id) WHERE cancel_reason IS NOT NULL OR compared_to IS NOT NULL`,
]
