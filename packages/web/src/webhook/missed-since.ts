const DAY_MS = 86_400_000

/**
 * From when on a gap check finds all that a paused webhook has missed. The first of the events was filed before its
 * delivery had failed for good; where the check begins too early it shows what is missing all the same.
 *
 * @param failingSince when that delivery failed; absent where the log no longer has it
 */
export function missedSince(pausedAt: string, failingSince: string | undefined): string {
  return new Date(Date.parse(failingSince ?? pausedAt) - DAY_MS).toISOString()
}
