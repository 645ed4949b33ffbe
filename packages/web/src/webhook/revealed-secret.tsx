import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { client } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import classes from './secret-section.module.css'
import { useWebhook, type WebhookPath } from './use-webhook.ts'

/** So long a revealed secret is shown. */
const SHOWN_MS = 30_000

/** The secret behind dots; it is asked for only when it is revealed, and hidden again by itself. */
export function RevealedSecret({ children, ...path }: WebhookPath & { children: ReactNode }) {
  const { version } = useWebhook(path)
  const reveal = useCall(
    () =>
      client.GET('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/secret', {
        params: { path },
      }),
    { errors: 'inline' },
  )
  const { data, reset } = reveal
  useEffect(() => {
    if (data === undefined) return undefined
    const timer = setTimeout(reset, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [data, reset])
  // After a rotation what is shown is no longer the secret.
  useEffect(() => reset(), [version, reset])
  return (
    <>
      <div className={classes.line}>
        {data === undefined ? (
          <span className={classes.masked} aria-hidden="true">
            ••••••••••••
          </span>
        ) : (
          <>
            <code className={classes.value}>{data.secret}</code>
            <CopyButton value={data.secret} label="Copy secret" />
          </>
        )}
        <Button
          variant="default"
          size="compact-sm"
          loading={reveal.isPending}
          onClick={() => (data === undefined ? reveal.mutate() : reset())}
        >
          {data === undefined ? 'Reveal' : 'Hide'}
        </Button>
        {children}
      </div>
      <p className={classes.note} role="status">
        {data === undefined
          ? 'Revealing it is recorded in the audit log.'
          : 'Recorded in the audit log. Hidden again after 30 seconds.'}
      </p>
      <ProblemAlert error={reveal.error} />
    </>
  )
}
