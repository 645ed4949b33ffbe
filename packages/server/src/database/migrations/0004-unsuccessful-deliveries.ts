import { type Kysely, sql } from 'kysely'

/** An index by hand: see docs/decisions/0016-a-list-of-what-did-not-arrive.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE unsuccessful_delivery (         -- deliveries that ended as failed or canceled
     webhook_id id NOT NULL,
     delivery_id id NOT NULL,
     PRIMARY KEY (webhook_id, delivery_id)
   )`,
  `INSERT INTO unsuccessful_delivery (webhook_id, delivery_id)
   SELECT webhook_id, delivery_id FROM delivery WHERE status IN ('failed', 'canceled')`,
]
