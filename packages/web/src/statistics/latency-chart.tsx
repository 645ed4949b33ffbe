import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import type { Schema } from '../api/client.ts'
import { formatDuration } from '../parts/format-time.ts'
import { CHART_HEIGHT } from './chart-height.ts'
import { PercentileKey } from './percentile-key.tsx'
import { percentiles } from './percentiles.ts'
import { grid, timeAxis, valueAxis } from './step-axes.ts'
import { StepTooltip } from './step-tooltip.tsx'

type Props = {
  statistics: Schema<'Statistics'>
  /** What the chart shows, in a sentence. */
  label: string
}

/** How long attempts took, a line a percentile, broken where none was made. */
export function LatencyChart({ statistics, label }: Props) {
  return (
    <LineChart
      responsive
      data={statistics.points}
      style={{ width: '100%', height: CHART_HEIGHT }}
      margin={{ top: 6, right: 6, bottom: 0, left: 0 }}
      aria-label={label}
    >
      <CartesianGrid {...grid} />
      <XAxis {...timeAxis(statistics)} />
      <YAxis {...valueAxis} tickFormatter={formatDuration} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--field-border)' }}
        content={({ active, label: at }) =>
          active && (
            <StepTooltip statistics={statistics} at={at}>
              {(point) =>
                point.p50Ms === undefined ? (
                  <span>No attempt</span>
                ) : (
                  percentiles.map((percentile) => (
                    <PercentileKey
                      key={percentile.key}
                      percentile={percentile}
                      durationMs={point[percentile.key]}
                    />
                  ))
                )
              }
            </StepTooltip>
          )
        }
      />
      {percentiles.map(({ key, color, dashes }) => (
        <Line
          key={key}
          dataKey={key}
          stroke={color}
          strokeWidth={2}
          strokeDasharray={dashes}
          // A step between two gaps has no line.
          dot={{ r: 2.5, fill: color, stroke: 'none' }}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  )
}
