import { type Kysely, sql } from 'kysely'

/**
 * People who sign in. The tables `auth_…` are better-auth's, in our names; who may do what stands in `member`. Whoever
 * is removed stays in `auth_user`, since the audit log names them, but has neither a password nor a session.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE auth_user (
     id id PRIMARY KEY,
     name text NOT NULL,
     email text NOT NULL UNIQUE,                -- in lower case
     email_verified boolean NOT NULL,
     image text,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE TABLE auth_session (
     id id PRIMARY KEY,
     user_id id NOT NULL REFERENCES auth_user ON DELETE CASCADE,
     token text NOT NULL UNIQUE,                -- worth nothing without the signature that the cookie has beside it
     expires_at timestamptz NOT NULL,
     ip_address text,
     user_agent text,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE INDEX ON auth_session (user_id)`,
  `CREATE INDEX ON auth_session (expires_at)`,
  `CREATE TABLE auth_account (
     id id PRIMARY KEY,
     user_id id NOT NULL REFERENCES auth_user ON DELETE CASCADE,
     account_id text NOT NULL,
     provider_id text NOT NULL,
     access_token text,
     refresh_token text,
     id_token text,
     access_token_expires_at timestamptz,
     refresh_token_expires_at timestamptz,
     scope text,
     password text,                             -- scrypt, with a salt of its own
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE INDEX ON auth_account (user_id)`,
  `CREATE TABLE auth_verification (
     id id PRIMARY KEY,
     identifier text NOT NULL,
     value text NOT NULL,
     expires_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE TABLE auth_rate_limit (
     id id PRIMARY KEY,
     key text NOT NULL UNIQUE,
     count integer NOT NULL,
     last_request bigint NOT NULL
   )`,
  `CREATE TABLE member (
     member_id id PRIMARY KEY REFERENCES auth_user,
     profile_id id REFERENCES profile,          -- none for an operator
     role text NOT NULL,
     created_at timestamptz NOT NULL
   )`,
  `CREATE INDEX ON member (profile_id, member_id)`,
  `CREATE TABLE invitation (
     invitation_id id PRIMARY KEY,
     profile_id id REFERENCES profile,          -- none for an operator
     role text NOT NULL,
     email text,                                -- none for the first operator, whom nobody knows yet
     token_hash bytea NOT NULL UNIQUE,          -- SHA-256 of what stands in the link
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  `CREATE INDEX ON invitation (profile_id, invitation_id)`,
]
