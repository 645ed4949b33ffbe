import { Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'

/** What webhook access turned off means. */
export const ACCESS_OFF = 'Off stops all sends: nothing is queued, and pending deliveries are canceled.'

/** Grants a profile webhook access, or withdraws it after asking. */
export function AccessSwitch({ profile }: { profile: Schema<'Profile'> }) {
  const { profileId, name, webhookAccess } = profile
  const [isAsking, asking] = useDisclosure()
  const change = useCall(
    (isGranted: boolean) =>
      client.PATCH('/api/v1/profiles/{profileId}', {
        params: { path: { profileId } },
        body: { webhookAccess: isGranted },
      }),
    {
      refreshes: ['/api/v1/profiles', '/api/v1/profiles/{profileId}'],
      done: (_, isGranted) => `Webhook access of ${name} is ${isGranted ? 'on' : 'off'}.`,
      onDone: asking.close,
    },
  )
  return (
    <>
      <Switch
        checked={webhookAccess}
        disabled={change.isPending}
        aria-label={`Webhook access of ${name}`}
        label={webhookAccess ? 'On' : 'Off: nothing is sent'}
        onChange={() => (webhookAccess ? asking.open() : change.mutate(true))}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={asking.close}
        title={`Turn off webhook access of ${name}?`}
        action="Turn off webhook access"
        onConfirm={() => change.mutate(false)}
        isPending={change.isPending}
      >
        {ACCESS_OFF} Its webhooks stay configured, and events from the pause are not sent later.
      </ConfirmDialog>
    </>
  )
}
