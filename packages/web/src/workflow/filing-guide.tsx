import { Button, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { Code } from '../parts/code.tsx'
import { Mono } from '../parts/mono.tsx'
import { useMe } from '../session/me.ts'
import { filingCommand, sampleAlert } from './sample-alert.ts'

/** How items get into a workflow: by the API, or a sample by hand. */
export function FilingGuide({ workflowId }: { workflowId: string }) {
  const me = useMe()
  return (
    <Stack gap="sm" maw={680}>
      <Text size="sm">
        Your pipeline files each alert as an item, with an API key of the role <Mono>pipeline</Mono>. Filing
        the same <Mono>alertId</Mono> again makes no second item.
      </Text>
      <Code copyLabel="Copy the command" label="Command that files an item">
        {filingCommand(window.location.origin, workflowId)}
      </Code>
      {me.isEditor && <FileSample workflowId={workflowId} />}
    </Stack>
  )
}

/** The guide where there are items already. */
export function FilingDialog(props: { workflowId: string; isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="How to file items" size={720}>
      <FilingGuide workflowId={props.workflowId} />
    </Modal>
  )
}

function FileSample({ workflowId }: { workflowId: string }) {
  const navigate = useNavigate()
  const file = useCall(
    (alert: Schema<'Alert'>) =>
      client.POST('/api/v1/workflows/{workflowId}/items', {
        params: { path: { workflowId } },
        body: { alert },
      }),
    {
      refreshes: ['/api/v1/workflows/{workflowId}/items', '/api/v1/workflows/{workflowId}/item-counts'],
      done: 'Sample item filed.',
      onDone: (filed) => {
        if (!('itemId' in filed)) return
        void navigate({
          to: '/workflows/$workflowId/items/$itemId',
          params: { workflowId, itemId: filed.itemId },
        })
      },
    },
  )
  return (
    <Stack gap={6} align="flex-start">
      <Button loading={file.isPending} onClick={() => file.mutate(sampleAlert(new Date()))}>
        File a sample item
      </Button>
      <Text size="xs" c="dimmed">
        A real item with “Sample” in its subject: webhooks that select created items receive it, and its page
        shows what each of them got.
      </Text>
    </Stack>
  )
}
