import { Stack, Text, Title } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { JsonBody } from '../delivery/json-body.tsx'
import { Mono } from '../parts/mono.tsx'

/** What an operational webhook gets: the latest notice, or a sample before there is one. */
export function NoticeSample({ profileId }: { profileId: string }) {
  const { rows } = useApiList('/api/v1/profiles/{profileId}/notices', { path: { profileId } })
  if (rows === undefined) return null
  const [latest = sample] = rows
  return (
    <section aria-labelledby="notice-sample">
      <Stack gap={6}>
        <Title order={2} id="notice-sample">
          What an operational webhook gets
        </Title>
        <Text size="xs" c="dimmed">
          {latest === sample ? 'A sample: there is no notice yet.' : 'The latest notice.'}
        </Text>
        <JsonBody body={JSON.stringify(latest)} maxHeight={440} />
        <Text size="sm" c="dimmed">
          Verify it as you verify deliveries: the code stands on each webhook’s tab “For your receiver”.
          Deduplicate on <Mono>webhook-id</Mono>, which is the <Mono>noticeId</Mono>. A test has{' '}
          <Mono>"test": true</Mono>.
        </Text>
      </Stack>
    </section>
  )
}

const sample: Schema<'Notice'> = {
  type: 'webhook.failing',
  noticeId: 'ntc_01jdcq4xz6t4v0d8m5k3w9r7yb',
  at: '2026-11-23T21:05:00.000Z',
  profileId: 'prf_01jdcq4xz6t4v0d8m5k3w9r7yc',
  workflow: { workflowId: 'wfl_01jdcq4xz6t4v0d8m5k3w9r7yd', name: 'Brand impersonation' },
  webhook: { webhookId: 'whk_01jdcq4xz6t4v0d8m5k3w9r7ye', host: 'hooks.example.com' },
  failingSince: '2026-11-23T21:00:00.000Z',
  failedInARow: 3,
  commonestError: 'HTTP 503',
  link: 'https://outtake.example.com/workflows/wfl_01jdcq4xz6t4v0d8m5k3w9r7yd/webhooks/whk_01jdcq4xz6t4v0d8m5k3w9r7ye',
}
