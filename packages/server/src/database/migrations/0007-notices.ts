import { type Kysely, sql } from 'kysely'

/** Webhooks that fail: what is known of each, what members were told, and what is still to be sent of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `ALTER TABLE webhook
     ADD COLUMN pause_after text,               -- a duration; none: it is never paused
     ADD COLUMN paused_at timestamptz,          -- by the service; none once it is enabled again
     ADD COLUMN paused_reason text`,
  `CREATE TABLE webhook_condition (             -- one row for each webhook that has ever failed steadily
     webhook_id id PRIMARY KEY REFERENCES webhook,
     failing_since timestamptz,                 -- none: it is well, as far as members were told
     recovered_at timestamptz                   -- when they were last told that it is
   )`,
  `CREATE INDEX webhook_failing ON webhook_condition (webhook_id) WHERE failing_since IS NOT NULL`,
  `CREATE TABLE notice (
     notice_id id PRIMARY KEY,
     profile_id id NOT NULL,
     workflow_id id NOT NULL,
     webhook_id id NOT NULL,
     type text NOT NULL,
     at timestamptz NOT NULL,
     body text NOT NULL                         -- JSON: what is sent, and what is shown
   )`,
  `CREATE INDEX ON notice (workflow_id, notice_id)`,
  `CREATE INDEX ON notice (profile_id, notice_id)`,
  `CREATE TABLE notice_settings (
     profile_id id PRIMARY KEY REFERENCES profile,
     url text,
     secret bytea,                              -- encrypted
     emails text[] NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE TABLE notice_message (                -- what is owed; deleted when it is sent, or given up
     notice_id id NOT NULL REFERENCES notice ON DELETE CASCADE,
     channel text NOT NULL,                     -- webhook or email
     address text NOT NULL,                     -- of an e-mail; empty for the webhook, of which there is one
     profile_id id NOT NULL,
     attempt integer NOT NULL DEFAULT 0,        -- begun so far
     failures integer NOT NULL DEFAULT 0,       -- of them, those that used up a retry
     due_at timestamptz NOT NULL,               -- while it is being sent: when another node may take it up
     PRIMARY KEY (notice_id, channel, address)
   )`,
  `CREATE INDEX ON notice_message (due_at)`,
]
