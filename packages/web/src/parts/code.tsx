import classes from './code.module.css'
import { CopyButton } from './copy-button.tsx'

type Props = {
  children: string
  /** What the copy button copies: `Copy the code`; without it there is none. */
  copyLabel?: string
  /** Scrolls from this height on, in pixels. */
  maxHeight?: number
  /** Breaks long lines rather than scrolling sideways. */
  isWrapped?: boolean
  /** The name of the block, for screen readers. */
  label?: string
}

/** A block of text that a machine reads. */
export function Code({ children, copyLabel, maxHeight, isWrapped = false, label = 'Code' }: Props) {
  return (
    <div className={classes.frame}>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={classes.code} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        <pre data-wrapped={isWrapped || undefined}>
          <code>{children}</code>
        </pre>
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      {copyLabel !== undefined && (
        <div className={classes.copy}>
          <CopyButton value={children} label={copyLabel} />
        </div>
      )}
    </div>
  )
}
