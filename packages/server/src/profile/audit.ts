import type { Kysely } from 'kysely'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import type { Actor } from './actor.ts'

/** What a member or an operator does that must be traceable. */
export type AuditAction =
  | `profile.${'created' | 'changed' | 'access_granted' | 'access_withdrawn'}`
  | `api_key.${'created' | 'revoked'}`
  | `workflow.${'created' | 'changed'}`
  | `webhook.${'created' | 'changed' | 'enabled' | 'disabled' | 'deleted' | 'tested' | 'secret_revealed' | 'secret_rotated'}`

/** Records who did what to which thing (`target`, an id), in the transaction that does it. */
export async function audit(
  tx: Kysely<Schema>,
  actor: Pick<Actor, 'actorId'>,
  entry: { profileId: string | null; action: AuditAction; target: string },
  now: number,
): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      audit_entry_id: newId('aud', now),
      profile_id: entry.profileId,
      actor: actor.actorId,
      action: entry.action,
      target: entry.target,
      at: new Date(now),
    })
    .execute()
}
