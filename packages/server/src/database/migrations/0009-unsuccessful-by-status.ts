import { type Kysely, sql } from 'kysely'

/** What failed and what was canceled are looked for apart: one must not be gone through to find the other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // By default, since nodes of the version before go on for a while, and do not say it.
  `ALTER TABLE unsuccessful_delivery DROP CONSTRAINT unsuccessful_delivery_pkey,
     ADD COLUMN status text NOT NULL DEFAULT 'failed'`,
  `UPDATE unsuccessful_delivery AS listed SET status = delivery.status
   FROM delivery WHERE delivery.delivery_id = listed.delivery_id AND delivery.status = 'canceled'`,
  `ALTER TABLE unsuccessful_delivery ADD PRIMARY KEY (webhook_id, status, delivery_id)`,
]
