import { type Kysely, sql } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { Channel, Message } from './messenger.ts'

/** Which message: one a notice and address. */
export type MessageKey = { noticeId: string; channel: Channel; address: string }

/** A message that is to be sent now; `message` is null where its profile no longer wants it. */
export type TakenMessage = MessageKey & {
  profileId: string
  attempt: number
  failures: number
  message: Message | null
}

/** Of one profile and channel, at once: who hangs holds up nobody else's. */
const PER_CHANNEL = 4
/** So many that are due are looked through for some of different profiles. */
const LOOKED_THROUGH = 1_000

type Row = {
  notice_id: string
  channel: Channel
  address: string
  profile_id: string
  attempt: number
  failures: number
  body: string
  url: string | null
  secret: Buffer | null
  emails: string[] | null
  profile_name: string
}

/**
 * Takes messages that are due, and puts their next attempt off for `leaseMs`: so no two nodes send one, no transaction
 * is open while it is sent, and one whose node dies is due again.
 *
 * @param busy profiles and channels that have messages under way here, as `profileId channel`
 */
export async function takeMessages(
  db: Kysely<Schema>,
  max: number,
  busy: string[],
  leaseMs: number,
): Promise<TakenMessage[]> {
  const { rows } = await sql<Row>`
    WITH due AS (
      SELECT notice_id, channel, address, row_number() OVER (
        PARTITION BY profile_id, channel ORDER BY due_at, notice_id) AS place
      FROM (
        SELECT * FROM notice_message
        WHERE due_at <= clock_timestamp() AND profile_id || ' ' || channel <> ALL (${busy}::text[])
        ORDER BY due_at LIMIT ${sql.lit(LOOKED_THROUGH)}
      ) AS first
    ), chosen AS (
      SELECT notice_id, channel, address
      FROM notice_message AS message JOIN due USING (notice_id, channel, address)
      WHERE place <= ${sql.lit(PER_CHANNEL)} AND message.due_at <= clock_timestamp()
      ORDER BY message.due_at LIMIT ${max} FOR UPDATE OF message SKIP LOCKED
    ), taken AS (
      UPDATE notice_message AS message
      SET attempt = attempt + 1, due_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      FROM chosen
      WHERE message.notice_id = chosen.notice_id AND message.channel = chosen.channel
        AND message.address = chosen.address
      RETURNING message.*
    )
    SELECT taken.notice_id, taken.channel, taken.address, taken.profile_id, taken.attempt, taken.failures,
           notice.body, notice_settings.url, notice_settings.secret, notice_settings.emails,
           profile.name AS profile_name
    FROM taken JOIN notice USING (notice_id) JOIN profile ON profile.profile_id = taken.profile_id
    LEFT JOIN notice_settings ON notice_settings.profile_id = taken.profile_id`.execute(db)
  return rows.map((row) => ({
    noticeId: row.notice_id,
    channel: row.channel,
    address: row.address,
    profileId: row.profile_id,
    attempt: row.attempt,
    failures: row.failures,
    message: toMessage(row),
  }))
}

/** Goes by the settings of now: an edit holds for every attempt after it. */
function toMessage(row: Row): Message | null {
  const about = { noticeId: row.notice_id, body: row.body, attempt: row.attempt }
  if (row.channel === 'email')
    return row.emails?.includes(row.address)
      ? { ...about, channel: 'email', address: row.address, profileName: row.profile_name }
      : null
  return row.url !== null && row.secret !== null
    ? { ...about, channel: 'webhook', url: row.url, secret: row.secret }
    : null
}

/** Takes a message out of the queue: it is sent, given up or no longer wanted. */
export async function removeMessage(db: Kysely<Schema>, key: MessageKey): Promise<void> {
  await sql`
    DELETE FROM notice_message
    WHERE notice_id = ${key.noticeId} AND channel = ${key.channel} AND address = ${key.address}`.execute(db)
}

/** Has a message come again in `delayMs`, unless another node has taken it up meanwhile. */
export async function retryMessage(
  db: Kysely<Schema>,
  { noticeId, channel, address, attempt }: TakenMessage,
  failures: number,
  delayMs: number,
): Promise<void> {
  await sql`
    UPDATE notice_message
    SET failures = ${failures}, due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond'
    WHERE notice_id = ${noticeId} AND channel = ${channel} AND address = ${address}
      AND attempt = ${attempt}`.execute(db)
}
