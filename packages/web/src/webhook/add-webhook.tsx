import { IconPlus } from '@tabler/icons-react'
import { ButtonLink } from '../parts/links.tsx'

/** The button that leads to the form of a new webhook. */
export function AddWebhook({ workflowId }: { workflowId: string }) {
  return (
    <ButtonLink
      to="/workflows/$workflowId/webhooks/new"
      params={{ workflowId }}
      leftSection={<IconPlus size={16} />}
    >
      Add webhook
    </ButtonLink>
  )
}
