import type { Schema } from '../api/client.ts'

type Attempts = readonly Pick<Schema<'Attempt'>, 'outcome' | 'late'>[]

/**
 * Whether the next attempt is the last, as far as one can say: one whose end is not known, or was known too late, used
 * up no retry.
 */
export function isLastAttempt(
  attempts: Attempts,
  { retryDelaysMs }: Pick<Schema<'DeliveryRules'>, 'retryDelaysMs'>,
): boolean {
  return attempts.filter(({ outcome, late }) => outcome === 'failed' && !late).length >= retryDelaysMs.length
}
