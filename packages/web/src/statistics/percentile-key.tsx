import { formatDuration } from '../parts/format-time.ts'
import classes from './charts.module.css'
import type { percentiles } from './percentiles.ts'

type Props = { percentile: (typeof percentiles)[number]; durationMs: number | undefined }

/** A percentile beside what draws it. */
export function PercentileKey({ percentile: { label, color, dashes }, durationMs }: Props) {
  return (
    <span className={classes.key}>
      <svg width={20} height={12} viewBox="0 0 20 12" aria-hidden="true">
        <line x1={0} x2={20} y1={6} y2={6} stroke={color} strokeWidth={2} strokeDasharray={dashes} />
      </svg>
      {label} {durationMs === undefined ? '–' : formatDuration(durationMs)}
    </span>
  )
}
