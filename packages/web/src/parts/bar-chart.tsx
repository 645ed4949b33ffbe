import { formatFull } from './format-time.ts'
import { useNow } from './use-now.ts'

type Hour = { from: string; succeeded: number; failed: number }
type Props = {
  /** Oldest first. */
  hours: readonly Hour[]
  /** In pixels. */
  width: number
  height: number
}

const GAP = 1

/** Deliveries by hour: delivered below, failed above with a cut between, so that they differ without colour too. */
export function BarChart({ hours, width, height }: Props) {
  const nowMs = useNow(60_000)
  const most = Math.max(1, ...hours.map(({ succeeded, failed }) => succeeded + failed))
  const step = width / Math.max(1, hours.length)
  const total = (key: 'succeeded' | 'failed') => hours.reduce((sum, hour) => sum + hour[key], 0)
  const label = `Last ${hours.length} hours: ${total('succeeded')} delivered, ${total('failed')} failed`
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line
        x1={0}
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        stroke="var(--mantine-color-default-border)"
      />
      {hours.map(({ from, succeeded, failed }, index) => {
        const scale = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * (height - 2)))
        const below = scale(succeeded)
        const above = Math.min(scale(failed), height - below)
        const x = index * step + GAP / 2
        const cut = below > 0 && above > 0 ? GAP : 0
        return (
          <g key={from}>
            <title>{`${formatFull(new Date(from), nowMs)}: ${succeeded} delivered, ${failed} failed`}</title>
            {/* The whole height can be pointed at. */}
            <rect x={x} y={0} width={step - GAP} height={height} fill="transparent" />
            <rect x={x} y={height - below} width={step - GAP} height={below} fill="var(--state-delivered)" />
            <rect
              x={x}
              y={height - below - above}
              width={step - GAP}
              height={Math.max(0, above - cut)}
              fill="var(--state-failed)"
            />
          </g>
        )
      })}
    </svg>
  )
}
