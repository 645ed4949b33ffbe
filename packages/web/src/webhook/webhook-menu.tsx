import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { countText } from '../parts/count.ts'
import { useWebhookHealth, type WebhookPath } from './use-webhook.ts'

/** What is seldom done to a webhook: it is deleted here, after asking. */
export function WebhookMenu(path: WebhookPath) {
  const { workflowId } = path
  const navigate = useNavigate()
  const [isAsking, asking] = useDisclosure()
  const pending = useWebhookHealth(path)?.pending ?? 0
  const remove = useCall(
    () =>
      client.DELETE('/api/v1/workflows/{workflowId}/webhooks/{webhookId}', {
        params: { path },
      }),
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks', '/api/v1/workflows/{workflowId}/webhook-health'],
      done: 'Webhook deleted.',
      errors: 'inline',
      onDone: () => void navigate({ to: '/workflows/$workflowId/webhooks', params: { workflowId } }),
    },
  )
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={asking.open}>
            Delete webhook
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={asking.close}
        title="Delete this webhook?"
        action="Delete webhook"
        onConfirm={() => remove.mutate()}
        isPending={remove.isPending}
        error={remove.error}
      >
        {pending > 0
          ? `${countText(pending, 'pending delivery', 'pending deliveries')} will be canceled. `
          : 'Nothing is pending. '}
        No more events are sent to it, and it cannot be restored. What became of each event stays on the pages
        of the items.
      </ConfirmDialog>
    </>
  )
}
