import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** Names the lock among the database's advisory locks; any number that nobody else uses. */
const LOCK = 7_316_208_114

/**
 * Runs `work` unless another node is at it. The lock is held by a connection of its own, and so goes with its node;
 * it spares the database the double work, and is not needed for what is removed to be right. The embedded database has
 * one node, and no second connection.
 */
export async function onOneNode(database: Database, work: () => Promise<void>): Promise<void> {
  if (database.kind === 'embedded') return work()
  await database.kysely.connection().execute(async (connection) => {
    const { rows } = await sql<{ locked: boolean }>`
      SELECT pg_try_advisory_lock(${LOCK}) AS locked`.execute(connection)
    if (!rows[0]!.locked) return
    try {
      await work()
    } finally {
      await sql`SELECT pg_advisory_unlock(${LOCK})`.execute(connection)
    }
  })
}
