import type { Clock } from '../base/clock.ts'
import { hashToken } from '../base/token.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import type { Actor, Role } from './actor.ts'

/** Tells who a caller is. */
export type Authenticator = {
  /** The owner of an API key, or null where it is unknown or revoked. */
  authenticate(key: string): Promise<Actor | null>
  /** Looks every key up anew, so that one that was revoked on this node ends at once. */
  forget(): void
}

/** Below the second within which a revoked key must end on every node. */
const CACHED_MS = 900
const MAX_CACHED_KEYS = 10_000

const readApiKeyStatement = statement<{ api_key_id: string; profile_id: string | null; role: Role }>(
  'read-api-key',
  `SELECT api_key_id, profile_id, role FROM api_key WHERE key_hash = $1 AND revoked_at IS NULL`,
)

/** Looks keys up in the database, each at most once in 0.9 s however many calls come with it. */
export function createAuthenticator({
  database,
  clock,
}: {
  database: Database
  clock: Clock
}): Authenticator {
  const lookUps = new Map<string, { startedAtMs: number; actor: Promise<Actor | null> }>()

  return {
    async authenticate(key) {
      const hash = hashToken(key)
      const id = hash.toString('base64')
      const startedAtMs = clock.monotonicMs()
      const recent = lookUps.get(id)
      if (recent && startedAtMs - recent.startedAtMs < CACHED_MS) return recent.actor

      if (lookUps.size >= MAX_CACHED_KEYS) lookUps.clear()
      const lookUp = { startedAtMs, actor: readActor(database, hash) }
      lookUps.set(id, lookUp)
      const drop = () => lookUps.get(id) === lookUp && lookUps.delete(id)
      try {
        const actor = await lookUp.actor
        // A key that does not exist yet may in a moment; and guesses must not fill the memory.
        if (!actor) drop()
        return actor
      } catch (error) {
        drop()
        throw error
      }
    },
    forget: () => lookUps.clear(),
  }
}

async function readActor(database: Database, keyHash: Buffer): Promise<Actor | null> {
  const [row] = await database.run(readApiKeyStatement, [keyHash])
  return row ? { actorId: row.api_key_id, role: row.role, profileId: row.profile_id } : null
}
