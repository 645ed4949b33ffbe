import { Link } from '@tanstack/react-router'
import classes from './link-choices.module.css'

type Props = {
  /** What is chosen among. */
  label: string
  /** Each a search of this very page. */
  choices: readonly { label: string; search: Record<string, string | undefined>; isCurrent: boolean }[]
}

/** A choice of few as links: each has its URL. */
export function LinkChoices({ label, choices }: Props) {
  return (
    <nav aria-label={label} className={classes.choices}>
      {choices.map(({ label: text, search, isCurrent }) => (
        <Link
          key={text}
          to="."
          search={search}
          className={classes.choice!}
          aria-current={isCurrent ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
          resetScroll={false}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
