import { Button, Group, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import frame from '../parts/frame.module.css'
import { Mono } from '../parts/mono.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { StatusText } from '../parts/status.tsx'
import classes from './notice-settings.module.css'
import { testedText } from './notice-text.ts'

type Props = { profileId: string; settings: Schema<'NoticeSettings'>; isUnsaved: boolean }

/** Sends a sample notice wherever notices go, and says what became of each. */
export function TestNotice({ profileId, settings, isUnsaved }: Props) {
  const send = useCall(
    () =>
      client.POST('/api/v1/profiles/{profileId}/notice-settings/test', {
        params: { path: { profileId } },
        body: {},
      }),
    { errors: 'inline' },
  )
  const hindrance = hindranceOf(settings, isUnsaved)
  return (
    <section className={frame.frame} aria-labelledby="test-notice">
      <Group justify="space-between" align="center" gap="sm">
        <div className={classes.lead}>
          <Title order={3} id="test-notice">
            Test notice
          </Title>
          <Text size="sm" c="dimmed">
            {hindrance ?? 'A sample notice to all of these, once, marked as a test.'}
          </Text>
        </div>
        <Button
          variant="default"
          leftSection={<IconSend size={16} />}
          disabled={hindrance !== undefined}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          Send test notice
        </Button>
      </Group>
      <ProblemAlert error={send.error} />
      <div role="status" className={classes.status}>
        {send.data && <Results tested={send.data.data} />}
      </div>
    </section>
  )
}

function Results({ tested }: { tested: Schema<'TestedNotices'>['data'] }) {
  return (
    <ul className={classes.results}>
      {tested.map((one) => (
        <li key={`${one.channel} ${one.address}`}>
          <Mono>{one.address}</Mono>
          <StatusText state={one.outcome === 'succeeded' ? 'delivered' : 'failed'}>
            {testedText(one)}
          </StatusText>
        </li>
      ))}
    </ul>
  )
}

/** Why no test can be sent at present. */
function hindranceOf({ webhook, emails }: Props['settings'], isUnsaved: boolean): string | undefined {
  if (isUnsaved) return 'Save your changes first: a test goes to what is saved.'
  if (webhook === undefined && emails.length === 0)
    return 'There is nowhere to send it yet: notices stay in the app.'
  return undefined
}
