import type { Kysely, Selectable, Transaction } from 'kysely'
import { type AppError, tooManyTries } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'

/** A test may go to twenty addresses, of whomever: once in a while is enough. */
const TEST_INTERVAL_MS = 60_000
const MAX_TESTS_A_DAY = 20
const MAX_EMAILS_A_DAY = 100
/** Of UTC. */
const DAY_MS = 86_400_000

/**
 * Takes one of the tests that a profile may send, for all nodes. The transaction is to be committed before the test is
 * sent, so that what becomes of it does not matter.
 *
 * @throws AppError too_many_tries
 */
export async function takeTest(tx: Transaction<Schema>, profileId: string, now: number): Promise<void> {
  const { day, tests, emails, tested_at } = await lockCount(tx, profileId, now)
  if (tests >= MAX_TESTS_A_DAY)
    throw tooOften(
      `${MAX_TESTS_A_DAY} tests were sent today, as many as a profile may.`,
      day.getTime() + DAY_MS - now,
    )
  const pauseMs = tested_at === null ? 0 : tested_at.getTime() + TEST_INTERVAL_MS - now
  if (pauseMs > 0) throw tooOften('A test was sent just now; look at what became of it.', pauseMs)
  await tx
    .updateTable('notice_count')
    .set({ day, tests: tests + 1, emails, tested_at: new Date(now) })
    .where('profile_id', '=', profileId)
    .execute()
}

/**
 * Takes so many of the e-mails that a profile's notices may send in a day, or as many as are left; gives back how many.
 * Locks the profile's count until the transaction ends, so nothing else is to be locked after it.
 */
export async function takeEmails(
  tx: Kysely<Schema>,
  profileId: string,
  wanted: number,
  now: number,
): Promise<number> {
  if (wanted === 0) return 0
  const { day, tests, emails } = await lockCount(tx, profileId, now)
  const taken = Math.min(wanted, Math.max(0, MAX_EMAILS_A_DAY - emails))
  await tx
    .updateTable('notice_count')
    .set({ day, tests, emails: emails + taken })
    .where('profile_id', '=', profileId)
    .execute()
  return taken
}

/** What was counted on this day. No day begins twice, whatever the clocks of the nodes say. */
async function lockCount(
  tx: Kysely<Schema>,
  profileId: string,
  now: number,
): Promise<Selectable<Schema['notice_count']>> {
  const day = new Date(now - (now % DAY_MS))
  await tx
    .insertInto('notice_count')
    .values({ profile_id: profileId, day })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('notice_count')
    .selectAll()
    .where('profile_id', '=', profileId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.day < day ? { ...row, day, tests: 0, emails: 0 } : row
}

function tooOften(detail: string, waitMs: number): AppError {
  return tooManyTries(detail, Math.ceil(waitMs / 1_000))
}
