import { Code } from '../parts/code.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import classes from './json-body.module.css'

type Props = {
  /** The JSON as it is sent. */
  body: string
  maxHeight?: number
}

/** A body, indented for people; what is copied is the text as it is sent, since signatures are over its bytes. */
export function JsonBody({ body, maxHeight = 280 }: Props) {
  return (
    <div>
      <div className={classes.bar}>
        <span>Body, indented for reading</span>
        <CopyButton value={body} label="Copy the body as it is sent" />
      </div>
      <Code label="Body" maxHeight={maxHeight} isWrapped>
        {JSON.stringify(JSON.parse(body), null, 2)}
      </Code>
    </div>
  )
}
