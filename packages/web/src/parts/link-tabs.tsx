import { Link, type LinkProps, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import classes from './link-tabs.module.css'

export type LinkTab = Pick<LinkProps, 'to' | 'params' | 'search'> & {
  label: string
  /** Beside the label, small. */
  count?: number | undefined
  /** Whether only this very URL is the tab, not what is below it. */
  isExact?: boolean
}

/** Tabs that are links: each has its URL, and the browser's own keys and menus work. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => showChosen(nav.current), [pathname])
  return (
    <nav ref={nav} aria-label={label} className={classes.tabs}>
      {tabs.map(({ label: text, count, isExact = false, ...link }) => (
        <Link
          key={text}
          {...link}
          className={classes.tab!}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ exact: isExact, includeSearch: false }}
        >
          {text}
          {count !== undefined && <span className={classes.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  )
}

/** Where there is no room for all of them, the chosen one must not be out of sight. */
function showChosen(nav: HTMLElement | null): void {
  const tab = nav?.querySelector<HTMLElement>('[aria-current="page"]')
  if (!nav || !tab) return
  const end = tab.offsetLeft + tab.offsetWidth - nav.offsetLeft
  nav.scrollLeft = Math.max(0, end - nav.clientWidth)
}
