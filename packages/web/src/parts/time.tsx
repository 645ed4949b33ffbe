import { Tooltip } from '@mantine/core'
import { formatClock, formatFull, formatRelative, formatUtc } from './format-time.ts'
import { useNow } from './use-now.ts'

type Props = {
  /** An instant as the API gives it. */
  at: string
  /** `relative`: how long ago; `full`: date and time; `clock`: the time of day. */
  format?: 'relative' | 'full' | 'clock'
}

/** An instant in the reader's zone, with UTC on hover. */
export function Time({ at, format = 'relative' }: Props) {
  const nowMs = useNow()
  const date = new Date(at)
  const full = formatFull(date, nowMs)
  const texts = { relative: formatRelative(date, nowMs), full, clock: formatClock(date) }
  const utc = formatUtc(date)
  return (
    <Tooltip label={format === 'full' ? utc : `${full} · ${utc}`}>
      <time dateTime={at}>{texts[format]}</time>
    </Tooltip>
  )
}
