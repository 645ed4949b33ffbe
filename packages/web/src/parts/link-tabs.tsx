import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './link-tabs.module.css'

export type LinkTab = Pick<LinkProps, 'to' | 'params' | 'search'> & {
  label: string
  /** Whether only this very URL is the tab, not what is below it. */
  isExact?: boolean
}

/** Tabs that are links: each has its URL, and the browser's own keys and menus work. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map(({ label: text, isExact = false, ...link }) => (
        <Link
          key={text}
          {...link}
          className={classes.tab!}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ exact: isExact, includeSearch: false }}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
