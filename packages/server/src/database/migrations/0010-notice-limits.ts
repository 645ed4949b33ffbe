import { type Kysely, sql } from 'kysely'

/** What was sent of notices, for the limits of a day: the operator's mail server must not serve against strangers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE notice_count (                  -- one row for each profile: a new day begins it anew
     profile_id id PRIMARY KEY,
     day timestamptz NOT NULL,                  -- its beginning, in UTC
     tests integer NOT NULL DEFAULT 0,          -- begun on that day
     emails integer NOT NULL DEFAULT 0,         -- owed of notices on that day; tests send others
     tested_at timestamptz                      -- when the latest test began
   )`,
]
