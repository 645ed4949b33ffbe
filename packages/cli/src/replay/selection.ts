import type { ReplayableStatus, ReplaySelection } from '@workflow-webhooks/contract'
import { UsageError } from '../exit.ts'

/** What the options say of which events are replayed. */
export type SelectionFlags = {
  status?: ReplayableStatus | undefined
  missed?: true | undefined
  gaps?: true | undefined
  from?: string | undefined
  to?: string | undefined
  latestOnly?: true | undefined
}

/**
 * Makes what the API takes of the options; `--missed` and `--gaps` look up to now unless told otherwise.
 *
 * @throws UsageError where an option is missing.
 */
export function toSelection(flags: SelectionFlags, now: string): ReplaySelection {
  const { status, missed, gaps, from, to, latestOnly } = flags
  const latest = latestOnly ? { latestOnly } : {}
  if (!missed && !gaps)
    return {
      status: status ?? 'failed',
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...latest,
    }
  if (from === undefined)
    throw new UsageError(`--${missed ? 'missed' : 'gaps'} needs --from: say from when on, such as --from 2h.`)
  const time = { from, to: to ?? now }
  return missed ? { missed: true, ...time, ...latest } : { gaps: true, ...time, ...latest }
}
