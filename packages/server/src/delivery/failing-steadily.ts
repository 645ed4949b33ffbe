/** As much of a webhook's unbroken run of failed deliveries as tells whether it fails steadily. */
export type FailedRun = {
  /** When the first of them was settled, and how many there are. */
  since: Date
  failedInARow: number
  /** When members were last told that it had recovered. */
  recoveredAt: Date | null
}

/** One failure says little: a receiver may refuse a single event. Each has had all its attempts already. */
const IN_A_ROW = 3
/** For webhooks that are sent little: nothing has got through for so long, and it takes them hours to fail thrice. */
const ALL_FAILED_FOR_MS = 5 * 60_000
/** So soon after a recovery, time alone counts: else one that refuses some events would be told of all day. */
const UNSETTLED_MS = 3_600_000

/**
 * Whether a webhook fails steadily: its last three settled deliveries or more have failed, or all have for five minutes
 * and more. Once that is so it stays so until the run ends.
 */
export function isFailingSteadily({ since, failedInARow, recoveredAt }: FailedRun, now: number): boolean {
  if (failedInARow === 0) return false
  if (now - since.getTime() >= ALL_FAILED_FOR_MS) return true
  const isUnsettled = recoveredAt !== null && since.getTime() - recoveredAt.getTime() < UNSETTLED_MS
  return failedInARow >= IN_A_ROW && !isUnsettled
}
