import { successRate } from '../webhook/success-rate.ts'
import classes from './charts.module.css'

type Props = {
  /** The heading's id. */
  labelledBy: string
  rows: readonly { label: string; count: number; color: string }[]
}

/** Parts of a whole, a bar each, with their counts. */
export function ShareTable({ labelledBy, rows }: Props) {
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <table className={classes.shares} aria-labelledby={labelledBy}>
      <tbody>
        {rows.map(({ label, count, color }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className={classes.track} aria-hidden="true">
              {count > 0 && (
                <div
                  className={classes.bar}
                  style={{ width: `${(count / most) * 100}%`, background: color }}
                />
              )}
            </td>
            <td>{count.toLocaleString('en')}</td>
            <td className={classes.share}>{successRate(count, total - count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
