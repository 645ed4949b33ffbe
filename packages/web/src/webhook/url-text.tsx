import classes from './url-text.module.css'

/** The end of a URL tells webhooks of one host apart, so so much of it stays. */
const TAIL_CHARACTERS = 14

/** A URL in one line, cut in its middle where there is no room for all of it; all of it on hover. */
export function UrlText({ url }: { url: string }) {
  return (
    <span className={classes.url} title={url}>
      <span className={classes.head}>{url.slice(0, -TAIL_CHARACTERS)}</span>
      <span className={classes.tail}>{url.slice(-TAIL_CHARACTERS)}</span>
    </span>
  )
}
