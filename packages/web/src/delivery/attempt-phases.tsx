import type { Schema } from '../api/client.ts'
import { formatDuration } from '../parts/format-time.ts'
import classes from './attempt-phases.module.css'

const phases = [
  { name: 'dnsMs', label: 'DNS' },
  { name: 'connectMs', label: 'connect' },
  { name: 'tlsMs', label: 'TLS' },
  { name: 'waitMs', label: 'waiting' },
  { name: 'readMs', label: 'reading' },
] as const

/** Where the time of an attempt went, as a bar and in words. */
export function AttemptPhases({ phases: times }: { phases: Schema<'AttemptPhases'> }) {
  const known = phases.flatMap(({ name, label }) => {
    const ms = times[name]
    return ms === undefined ? [] : [{ name, label, ms }]
  })
  if (known.length === 0) return null
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {known.map(({ name, ms }) => (
          <span key={name} className={classes[name]} style={{ flexGrow: Math.max(ms, 0.01) }} />
        ))}
      </div>
      <ul className={classes.list}>
        {known.map(({ name, label, ms }) => (
          <li key={name}>
            <span className={`${classes.key} ${classes[name]}`} aria-hidden="true" /> {label}{' '}
            {ms < 1 ? '< 1 ms' : formatDuration(ms)}
          </li>
        ))}
        {times.connectMs === undefined && times.waitMs !== undefined && (
          <li>on a connection that was open</li>
        )}
      </ul>
    </div>
  )
}
