import { Button, Group, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { client } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { TestResult } from '../delivery/test-result.tsx'
import classes from '../parts/frame.module.css'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useMe } from '../session/me.ts'
import { useHindrance } from './use-hindrance.ts'
import type { WebhookPath } from './use-webhook.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/')

/** Sends a sample event, and shows what went out and what came back. The result has its URL. */
export function TestEvent(path: WebhookPath) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const { test } = route.useSearch()
  const navigate = route.useNavigate()
  const send = useCall(
    () =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/test', { params: { path }, body: {} }),
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries'],
      errors: 'inline',
      onDone: ({ deliveryId }) =>
        void navigate({ search: { test: deliveryId }, replace: true, resetScroll: false }),
    },
  )
  if (!me.isEditor && test === undefined) return null
  return (
    <section className={classes.frame} aria-labelledby="test-event">
      <Group justify="space-between" align="center" gap="sm">
        <div>
          <Title order={3} id="test-event">
            Test event
          </Title>
          <Text size="sm" c="dimmed">
            {hindrance ??
              'A sample event, signed like a real one, whatever the topics and filters: one attempt, marked "test": true.'}
          </Text>
        </div>
        {me.isEditor && (
          <Button
            variant="default"
            leftSection={<IconSend size={16} />}
            disabled={hindrance !== undefined}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            Send test event
          </Button>
        )}
      </Group>
      <ProblemAlert error={send.error} />
      {test !== undefined && <TestResult key={test} deliveryId={test} />}
    </section>
  )
}
