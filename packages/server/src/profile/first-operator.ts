import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import { inviteFirstOperator } from './invitations.ts'

/**
 * Where there is no operator yet, makes the link by which the first one comes in, and puts it into a file in
 * `directory` that only this user can read: a log is read by many. The file goes when there is an operator.
 *
 * @returns the link and its file, or null
 */
export async function prepareFirstOperator(
  database: Database,
  directory: string,
  linkOf: (token: string) => string,
  now: number,
): Promise<{ url: string; file: string } | null> {
  const file = join(directory, 'first-operator-link')
  const invitation = await database.kysely.transaction().execute((tx) => inviteFirstOperator(tx, now))
  // Removed first: the mode is given to a new file only.
  await rm(file, { force: true })
  if (invitation === null) return null
  const url = linkOf(invitation.token)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(file, `${url}\n`, { mode: 0o600 })
  return { url, file }
}
