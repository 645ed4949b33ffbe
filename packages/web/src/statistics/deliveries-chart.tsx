import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { Schema } from '../api/client.ts'
import { CHART_HEIGHT } from './chart-height.ts'
import { OutcomeKey } from './outcome-key.tsx'
import { OutcomePatterns, outcomeFill, outcomes } from './outcomes.tsx'
import { grid, timeAxis, valueAxis } from './step-axes.ts'
import { StepTooltip } from './step-tooltip.tsx'

type Props = {
  statistics: Schema<'Statistics'>
  /** What the chart shows, in a sentence. */
  label: string
  /** Of the step that was clicked. */
  onOpen?: ((at: string) => void) | undefined
}

const compact = new Intl.NumberFormat('en', { notation: 'compact' })

/** Deliveries by how they ended, a bar a step. */
export function DeliveriesChart({ statistics, label, onOpen }: Props) {
  const id = useId()
  return (
    <BarChart
      responsive
      data={statistics.points}
      style={{ width: '100%', height: CHART_HEIGHT, cursor: onOpen && 'pointer' }}
      margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
      barCategoryGap="12%"
      aria-label={label}
      onClick={({ activeLabel }) => activeLabel !== undefined && onOpen?.(String(activeLabel))}
    >
      <OutcomePatterns id={id} />
      <CartesianGrid {...grid} />
      <XAxis {...timeAxis(statistics)} />
      <YAxis {...valueAxis} allowDecimals={false} tickFormatter={(count) => compact.format(count)} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--mantine-color-default-hover)' }}
        content={({ active, label: at }) =>
          active && (
            <StepTooltip statistics={statistics} at={at}>
              {(point) => (
                <>
                  {outcomes.map((outcome) => (
                    <OutcomeKey key={outcome} outcome={outcome} count={point[outcome]} />
                  ))}
                  {point.replays !== undefined && (
                    <span>{point.replays.toLocaleString('en')} of them replays</span>
                  )}
                </>
              )}
            </StepTooltip>
          )
        }
      />
      {outcomes.map((outcome) => (
        <Bar
          key={outcome}
          dataKey={outcome}
          stackId="ended"
          fill={outcomeFill(id, outcome)}
          // A cut between them.
          stroke="var(--mantine-color-body)"
          // One among thousands is seen too. What the chart gives is the height of the stack.
          minPointSize={(_, index) => (statistics.points[index]![outcome] > 0 ? 3 : 0)}
          maxBarSize={48}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  )
}
