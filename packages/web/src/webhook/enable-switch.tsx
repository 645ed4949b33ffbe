import { Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { client, type Schema } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { getQuery, refresh } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { countText } from '../parts/count.ts'
import { notifyProblem } from '../parts/notify.tsx'
import { useWebhookHealth } from './use-webhook.ts'
import { offMeaning } from './webhook-text.ts'

const PATHS = [
  '/api/v1/workflows/{workflowId}/webhooks/{webhookId}',
  '/api/v1/workflows/{workflowId}/webhooks',
  '/api/v1/workflows/{workflowId}/webhook-health',
  '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries',
] as const

/** *Enable deliveries*: what off means stands below it, and turning off asks where it cancels something. */
export function EnableSwitch({ webhook, hasAccess }: { webhook: Schema<'Webhook'>; hasAccess: boolean }) {
  const { workflowId, webhookId, version, enabled, pausedAt } = webhook
  const path = { workflowId, webhookId }
  const queryClient = useQueryClient()
  const [isAsking, asking] = useDisclosure()
  const pending = useWebhookHealth(path)?.pending ?? 0
  const change = useCall(
    (isEnabled: boolean) =>
      client.PATCH('/api/v1/workflows/{workflowId}/webhooks/{webhookId}', {
        params: { path, header: { 'If-Match': `"${version}"` } },
        body: { enabled: isEnabled },
      }),
    {
      refreshes: PATHS,
      done: (_, isEnabled) =>
        isEnabled
          ? `Deliveries are on: the next event goes out at once.${pausedAt === undefined ? '' : MISSED}`
          : 'Deliveries are off.',
      errors: 'inline',
      onDone: asking.close,
    },
  )
  const set = (isEnabled: boolean): void =>
    change.mutate(isEnabled, {
      onError: (error) => {
        asking.close()
        if (!isProblem(error, 'version_conflict')) return notifyProblem(error)
        for (const changed of PATHS) void refresh(queryClient, changed, { workflowId })
        notifications.show({
          title: 'Someone else changed this webhook',
          message: CHANGED,
          autoClose: false,
        })
      },
    })
  const isLooking = useRef(false)
  const turnOff = async (): Promise<void> => {
    isLooking.current = true
    const query = getQuery('/api/v1/workflows/{workflowId}/webhook-health', { path: { workflowId } })
    // As it is now, not as it was when the page was drawn.
    const health = await queryClient.fetchQuery({ ...query, staleTime: 0 }).catch(() => undefined)
    isLooking.current = false
    const present = health?.data.find((one) => one.webhookId === webhookId)
    if (present?.pending === 0) set(false)
    else asking.open()
  }
  const toggle = (): void => {
    // Not `disabled` meanwhile: the focus would be lost.
    if (change.isPending || isLooking.current) return
    if (enabled) void turnOff()
    else set(true)
  }
  return (
    <>
      <Switch
        label="Enable deliveries"
        description={enabled ? ON : offMeaning}
        checked={enabled}
        disabled={!enabled && !hasAccess}
        onChange={toggle}
        maw={340}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={asking.close}
        title="Turn off deliveries?"
        action="Turn off deliveries"
        onConfirm={() => set(false)}
        isPending={change.isPending}
      >
        {pending > 0 ? countText(pending, 'pending delivery', 'pending deliveries') : 'Pending deliveries'}{' '}
        will be canceled; attempts in flight finish. {offMeaning} The configuration stays.
      </ConfirmDialog>
    </>
  )
}

const CHANGED = 'Nothing was done. The page now shows the new version: check it, and try again.'
const MISSED = ' Replay what was missed from the gap check.'
const ON = 'Turning off cancels pending deliveries; nothing is queued while disabled.'
