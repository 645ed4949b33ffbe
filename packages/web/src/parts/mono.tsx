import classes from './mono.module.css'

/** A short text that a machine reads, in a line: an id, a URL, a header. `isCut` cuts it to the room that there is. */
export function Mono({ children, isCut = false }: { children: string; isCut?: boolean }) {
  return (
    <code className={classes.mono} data-cut={isCut || undefined} title={isCut ? children : undefined}>
      {children}
    </code>
  )
}
