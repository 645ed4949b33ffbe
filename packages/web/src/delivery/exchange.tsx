import type { Schema } from '../api/client.ts'
import { Code } from '../parts/code.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Mono } from '../parts/mono.tsx'
import { visibleText } from '../parts/visible-text.ts'
import { curlCommand } from './curl-command.ts'
import classes from './exchange.module.css'
import { HeaderList } from './header-list.tsx'
import { JsonBody } from './json-body.tsx'

type Props = {
  attempt: Pick<Schema<'Attempt'>, 'request' | 'response' | 'remoteAddress' | 'tls'>
  /** What was sent. */
  body: string
  /** It is shown elsewhere. */
  isBodyElsewhere?: boolean
}

/** Request and response of an attempt, side by side where there is room. */
export function Exchange({ attempt, body, isBodyElsewhere = false }: Props) {
  const { request, response, remoteAddress, tls } = attempt
  return (
    <div className={classes.sides}>
      <section className={classes.side} aria-label="Request">
        <div className={classes.bar}>
          <span className={classes.title}>Request</span>
          {request !== undefined && (
            <CopyButton value={curlCommand(request, body)} label="Copy as curl" isText size="compact-sm" />
          )}
        </div>
        {request === undefined ? (
          <p className={classes.none}>No request was made.</p>
        ) : (
          <>
            <Mono>{`${request.method} ${request.url}`}</Mono>
            <HeaderList headers={request.headers} label="Request headers" />
            {!isBodyElsewhere && <JsonBody body={body} />}
          </>
        )}
      </section>
      <section className={classes.side} aria-label="Response">
        <div className={classes.bar}>
          <span className={classes.title}>Response</span>
        </div>
        {response === undefined ? (
          <p className={classes.none}>No response came.</p>
        ) : (
          <>
            <HeaderList headers={response.headers} label="Response headers" />
            {response.body === '' ? (
              <p className={classes.none}>The body is empty.</p>
            ) : (
              <Code label="Response body" copyLabel="Copy the body" maxHeight={280} isWrapped>
                {visibleText(response.body)}
              </Code>
            )}
            {response.bodyBase64 !== undefined && (
              <p className={classes.none}>
                It is not UTF-8 text: what cannot be read is shown as �.{' '}
                <CopyButton value={response.bodyBase64} label="Copy its bytes as base64" />
              </p>
            )}
            {response.truncated && <p className={classes.none}>Only the first 16 KiB are kept.</p>}
          </>
        )}
        {remoteAddress !== undefined && (
          <p className={classes.none}>
            from {remoteAddress}
            {tls !== undefined && ` · ${tls.protocol}`}
            {tls?.issuer !== undefined && ` · certificate issued by ${visibleText(tls.issuer)}`}
          </p>
        )}
      </section>
    </div>
  )
}
