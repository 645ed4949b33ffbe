import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import { RevealedSecret } from './revealed-secret.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import classes from './secret-section.module.css'
import { useProfileOf, useWebhook, type WebhookPath } from './use-webhook.ts'

/** The shared secret: masked, to be revealed (on record) and rotated by those who may. */
export function SecretSection(path: WebhookPath) {
  const me = useMe()
  const { previousSecretUntil } = useWebhook(path)
  const { webhookAccess } = useProfileOf(path.workflowId)
  const [isRotating, rotating] = useDisclosure()
  return (
    <div className={classes.frame}>
      {me.isEditor ? (
        <RevealedSecret {...path}>
          {webhookAccess && (
            <Button variant="default" size="compact-sm" onClick={rotating.open}>
              Rotate…
            </Button>
          )}
        </RevealedSecret>
      ) : (
        <span className={classes.masked}>
          <span aria-hidden="true">••••••••••••</span> hidden: admins can reveal and rotate it
        </span>
      )}
      {previousSecretUntil !== undefined && (
        <p className={classes.overlap}>
          The old secret signs until <Time at={previousSecretUntil} format="full" />: both signatures are
          sent.
        </p>
      )}
      {isRotating && <RotateDialog path={path} onClose={rotating.close} />}
    </div>
  )
}
