import { type Kysely, sql } from 'kysely'

/** What removal needs to find the old without going through the rest, and what it notes of what is gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Its details and its response were kept once, and are no longer.
  `ALTER TABLE attempt ADD COLUMN bodies_removed boolean NOT NULL DEFAULT false`,
  // By time, and only while there is something to remove: so nothing is left behind, and nothing looked at twice.
  `CREATE INDEX attempt_with_bodies ON attempt (started_at) WHERE detail IS NOT NULL`,
  `CREATE TABLE retention (                     -- one row
     is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
     deliveries_removed_until timestamptz,      -- of those that were settled before, some are gone; none: all are there
     events_looked_through id NOT NULL DEFAULT '' -- up to this event, what is still there is there for a reason
   )`,
  `INSERT INTO retention DEFAULT VALUES`,
]
