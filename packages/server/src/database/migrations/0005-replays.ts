import { type Kysely, sql } from 'kysely'

/** Replays of many events, and how far each of them is: so a crash loses nothing and repeats nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE replay (
     replay_id id PRIMARY KEY,
     webhook_id id NOT NULL,
     selection json NOT NULL,                   -- as it was asked for
     state text NOT NULL,                       -- running, canceling, done or canceled
     reason text,                               -- why it is canceled
     total integer NOT NULL,
     reached integer NOT NULL DEFAULT 0,        -- the place of the last event that was looked at
     succeeded integer NOT NULL DEFAULT 0,
     failed integer NOT NULL DEFAULT 0,
     canceled integer NOT NULL DEFAULT 0,
     skipped integer NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL,
     ended_at timestamptz
   )`,
  `CREATE INDEX ON replay (webhook_id, replay_id)`,
  `CREATE INDEX replay_running ON replay (replay_id) WHERE ended_at IS NULL`,
  `CREATE TABLE replay_event (
     replay_id id NOT NULL REFERENCES replay ON DELETE CASCADE,
     place integer NOT NULL,                    -- from 1, in the order in which they are replayed
     event_id id NOT NULL,
     delivery_id id,                            -- while it is on its way: what was made of it
     PRIMARY KEY (replay_id, place)
   )`,
  `CREATE INDEX replay_event_under_way ON replay_event (replay_id) WHERE delivery_id IS NOT NULL`,
]
