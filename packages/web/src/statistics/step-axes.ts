import type { XAxisProps, YAxisProps } from 'recharts'
import type { Schema } from '../api/client.ts'
import { stepText } from './step-text.ts'

const text = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 }
const line = { stroke: 'var(--mantine-color-default-border)' }

/** The axis of time: as many names as there is room for. */
export function timeAxis({ points, range }: Schema<'Statistics'>): XAxisProps {
  return {
    dataKey: 'at',
    scale: 'band',
    ticks: stepText.axisTicks(points, range),
    tickFormatter: (at: string) => stepText.tick(at, range),
    interval: 'equidistantPreserveStart',
    minTickGap: 16,
    tick: text,
    tickLine: line,
    axisLine: line,
  }
}

/** The axis at the left, as wide as its text. */
export const valueAxis: YAxisProps = { width: 'auto', tick: text, tickLine: false, axisLine: false }

export const grid = { vertical: false, ...line }
