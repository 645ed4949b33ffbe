import { type Kysely, sql } from 'kysely'

/** What is pending of a webhook that is disabled is canceled in steps: see `delivery/cancel-runner.ts`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Why deliveries that were pending when the lane was closed are still to be canceled; none where that is done.
  `ALTER TABLE lane ADD cancel_reason text`,
  `CREATE INDEX lane_to_cancel ON lane (webhook_id) WHERE cancel_reason IS NOT NULL`,
]
