import { type Kysely, sql } from 'kysely'

/**
 * The ledger. Ids compare as bytes (`COLLATE "C"`). The tables that grow with traffic have no foreign keys: one
 * transaction writes a change with all that follows from it, and a key check would cost a look-up for each row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE DOMAIN id AS text COLLATE "C"`,

  // ── who may do what ──────────────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE profile (
     profile_id id PRIMARY KEY,
     name text NOT NULL,
     webhook_access boolean NOT NULL,
     created_at timestamptz NOT NULL
   )`,
  `CREATE TABLE api_key (
     api_key_id id PRIMARY KEY,
     profile_id id REFERENCES profile,          -- none for an operator
     name text NOT NULL,
     role text NOT NULL,
     key_hash bytea NOT NULL UNIQUE,            -- SHA-256 of the key
     created_at timestamptz NOT NULL,
     revoked_at timestamptz
   )`,
  `CREATE TABLE audit_entry (
     audit_entry_id id PRIMARY KEY,
     profile_id id,
     actor text NOT NULL,
     action text NOT NULL,
     target text NOT NULL,
     at timestamptz NOT NULL
   )`,
  `CREATE INDEX ON audit_entry (profile_id, audit_entry_id)`,
  `CREATE TABLE idempotent_answer (
     caller id NOT NULL,
     route text NOT NULL,
     key text NOT NULL,
     request_hash bytea NOT NULL,
     status smallint NOT NULL,
     answer bytea NOT NULL,                     -- encrypted: an answer may hold a secret
     created_at timestamptz NOT NULL,
     PRIMARY KEY (caller, route, key)
   )`,
  `CREATE INDEX ON idempotent_answer (created_at)`,

  // ── workflows and their items ────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE workflow (
     workflow_id id PRIMARY KEY,
     profile_id id NOT NULL REFERENCES profile,
     name text NOT NULL,
     states text[] NOT NULL,
     initial_state text NOT NULL,
     resolved_state text NOT NULL,
     preview_images boolean NOT NULL,
     configuration_version integer NOT NULL,    -- of the workflow's webhooks, as a set: see table configuration
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   ) WITH (fillfactor = 50)`,
  `CREATE INDEX ON workflow (profile_id, workflow_id)`,
  `CREATE TABLE item (
     item_id id PRIMARY KEY,
     workflow_id id NOT NULL,
     alert_id id NOT NULL,
     state text NOT NULL,
     sequence integer NOT NULL,
     created_event_id id NOT NULL,
     latest_event_id id NOT NULL,               -- whose alert is the item's present one
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     UNIQUE (workflow_id, alert_id)
   ) WITH (fillfactor = 80)`,
  // The state first: an item that is looked up by workflow and alert must not find a second index that begins with
  // the workflow (see docs/decisions/0004-generic-plans.md).
  `CREATE INDEX ON item (state, workflow_id, item_id)`,

  // ── events ───────────────────────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE event (
     event_id id PRIMARY KEY,
     workflow_id id NOT NULL,
     item_id id NOT NULL,
     sequence integer NOT NULL,
     trigger text NOT NULL,
     topics text[] NOT NULL,
     new_state text NOT NULL,
     previous_state text,
     occurred_at timestamptz NOT NULL,
     configuration_version integer NOT NULL,    -- what it was matched against
     alert text NOT NULL,                       -- JSON, as it was when the event happened; without its preview image
     preview_image json,
     UNIQUE (item_id, sequence)
   )`,

  // ── webhooks ─────────────────────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE webhook (
     webhook_id id PRIMARY KEY,
     workflow_id id NOT NULL REFERENCES workflow,
     version integer NOT NULL,
     url text NOT NULL,
     topics text[] NOT NULL,
     filters json,
     description text,
     enabled boolean NOT NULL,
     headers bytea NOT NULL,                    -- encrypted JSON {name: value}
     header_names text[] NOT NULL,
     secret bytea NOT NULL,                     -- encrypted
     previous_secret bytea,                     -- encrypted; signs too until previous_secret_until
     previous_secret_until timestamptz,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     deleted_at timestamptz
   )`,
  `CREATE INDEX ON webhook (workflow_id, webhook_id)`,
  `CREATE TABLE webhook_version (               -- what matching went by, kept so that it can be explained later
     webhook_id id NOT NULL REFERENCES webhook,
     version integer NOT NULL,
     url text NOT NULL,
     header_names text[] NOT NULL,
     topics text[] NOT NULL,
     filters json,
     enabled boolean NOT NULL,
     deleted boolean NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (webhook_id, version)
   )`,
  `CREATE TABLE configuration (
     workflow_id id NOT NULL REFERENCES workflow,
     version integer NOT NULL,
     webhook_access boolean NOT NULL,
     webhooks json NOT NULL,                    -- {webhookId: version} of all that are not deleted
     created_at timestamptz NOT NULL,
     PRIMARY KEY (workflow_id, version)
   )`,

  // ── deliveries: the log ──────────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE delivery (
     delivery_id id PRIMARY KEY,
     webhook_id id NOT NULL,
     event_id id NOT NULL,
     item_id id NOT NULL,
     sequence integer NOT NULL,
     topics text[] NOT NULL,
     body_head text NOT NULL,                   -- the body, but for the alert's fields between: see delivery/body.ts
     body_tail text NOT NULL,
     kind text NOT NULL,                        -- live, replay or test
     replay_of id,
     status text NOT NULL,                      -- pending, succeeded, failed or canceled
     reason text,
     attempt_count integer NOT NULL,
     created_at timestamptz NOT NULL,
     settled_at timestamptz
   ) WITH (fillfactor = 60)`,
  `CREATE INDEX ON delivery (webhook_id, delivery_id)`,
  `CREATE INDEX ON delivery (event_id)`,
  `CREATE TABLE attempt (
     delivery_id id NOT NULL,
     attempt integer NOT NULL,
     webhook_version integer NOT NULL,          -- whose URL and header names it was made with
     started_at timestamptz NOT NULL,
     duration_ms real,                          -- none where a crash hid the end
     outcome text NOT NULL,                     -- succeeded, failed or unknown
     status_code smallint,
     error_code text,
     error_message text,
     detail text,                               -- JSON: response headers, address, TLS, phases
     response_body bytea,
     late boolean NOT NULL,                     -- recorded by an owner whose lease had ended
     PRIMARY KEY (delivery_id, attempt)
   )`,

  // ── deliveries: the queue ────────────────────────────────────────────────────────────────────────────────
  `CREATE TABLE pending (                       -- one narrow row for each delivery that is owed
     position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     webhook_id id NOT NULL,
     delivery_id id NOT NULL,
     event_id id NOT NULL,
     item_id id NOT NULL,
     is_replay boolean NOT NULL,
     is_test boolean NOT NULL,
     attempt integer NOT NULL DEFAULT 0,        -- begun so far
     failures integer NOT NULL DEFAULT 0,       -- of them, those that used up a retry
     due_at timestamptz,                        -- none: a first attempt, due at once
     begun_at timestamptz,                      -- an attempt is in flight since then
     begun_version integer,                     -- with this version of the webhook
     is_blocked boolean NOT NULL DEFAULT false, -- an earlier delivery of the item is not settled
     cancel_reason text                         -- canceled while in flight: settles as such unless it succeeds
   ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
           autovacuum_vacuum_cost_delay = 0)`,
  // “+ 0”, as the statement has it that finds the head of a queue: the order of the primary key must not seem to serve
  // it, or all of another webhook's 100,000 are gone through (see docs/decisions/0004-generic-plans.md).
  `CREATE INDEX pending_first ON pending (webhook_id, (position + 0)) WHERE due_at IS NULL AND NOT is_blocked`,
  `CREATE INDEX pending_retry ON pending (webhook_id, due_at) WHERE due_at IS NOT NULL AND NOT is_blocked`,
  `CREATE INDEX pending_blocked ON pending (webhook_id, item_id, is_replay, position) WHERE is_blocked`,
  `CREATE INDEX pending_item ON pending (webhook_id, item_id, is_replay, position)`,
  `CREATE TABLE lane (                          -- all pending deliveries of one webhook; owned by one node at a time
     webhook_id id PRIMARY KEY REFERENCES webhook,
     is_open boolean NOT NULL,                  -- the webhook is enabled, not deleted, and its profile has access
     webhook_version integer NOT NULL,
     owner text,
     epoch bigint NOT NULL DEFAULT 0,
     lease_until timestamptz
   ) WITH (fillfactor = 25, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500)`,
]
