import { visibleText } from '../parts/visible-text.ts'
import classes from './header-list.module.css'

/** The headers of a request or of a response. */
export function HeaderList({ headers, label }: { headers: Record<string, string>; label: string }) {
  const entries = Object.entries(headers)
  if (entries.length === 0) return <p className={classes.none}>none</p>
  return (
    <dl className={classes.list} aria-label={label}>
      {entries.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{visibleText(name)}</dt>
          <dd data-redacted={value === REDACTED || undefined}>{visibleText(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What stands in the log for what is secret. */
const REDACTED = '[redacted]'
