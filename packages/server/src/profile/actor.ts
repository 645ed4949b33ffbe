import type { Role } from '@workflow-webhooks/contract'
import { AppError, notFound } from '../base/errors.ts'

export type { Role }

/** Who makes a call. */
export type Actor = {
  /** Of the API key or the member. */
  actorId: string
  role: Role
  /** The one profile that the actor works in; null: an operator, who works in all. */
  profileId: string | null
}

/** Who does what the service does of itself. */
export const SYSTEM: Actor = { actorId: 'system', role: 'operator', profileId: null }

/**
 * Lets an actor of one of `roles` pass, and an operator always.
 *
 * @throws AppError forbidden
 */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (actor.role === 'operator' || roles.includes(actor.role)) return
  throw new AppError('forbidden', `This needs the role ${['operator', ...roles].join(' or ')}.`)
}

/**
 * Lets an actor pass who works in the profile.
 *
 * @throws AppError not_found, as if the profile were not there: nobody learns of others' profiles.
 */
export function requireProfile(actor: Actor, profileId: string): void {
  if (!worksIn(actor, profileId)) throw notFound('profile')
}

/**
 * Lets an admin of the profile pass, and an operator always; where `profileId` is null, operators alone.
 *
 * @throws AppError forbidden; not_found as {@link requireProfile}
 */
export function requireAdmin(actor: Actor, profileId: string | null): void {
  requireRole(actor, ...(profileId === null ? [] : (['admin'] as const)))
  if (profileId !== null) requireProfile(actor, profileId)
}

/** Whether the actor may see what belongs to the profile. */
export function worksIn(actor: Actor, profileId: string): boolean {
  return actor.profileId === null ? actor.role === 'operator' : actor.profileId === profileId
}
