import type { ReactNode } from 'react'
import type { Schema } from '../api/client.ts'
import classes from './charts.module.css'
import { stepText } from './step-text.ts'

type Statistics = Schema<'Statistics'>
type Props = {
  statistics: Statistics
  /** When the step began that is pointed at. */
  at: unknown
  children: (point: Statistics['points'][number]) => ReactNode
}

/** The figures of the step that is pointed at, or that the keys have come to. */
export function StepTooltip({ statistics, at, children }: Props) {
  const point = statistics.points.find((each) => each.at === at)
  if (point === undefined) return null
  return (
    <div className={classes.tooltip} role="status">
      <div className={classes.tooltipTime}>{stepText.span(point, statistics)}</div>
      {children(point)}
    </div>
  )
}
