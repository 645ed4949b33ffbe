import { Checkbox, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type Topic, topicDescriptions, topics } from '@workflow-webhooks/contract'
import { Mono } from '../../parts/mono.tsx'
import type { WebhookValues } from '../webhook-values.ts'

type Props = { form: UseFormReturnType<WebhookValues>; resolvedState: string }

/** Which changes of items are sent. */
export function TopicsField({ form, resolvedState }: Props) {
  const { error, ...group } = form.getInputProps('topics')
  return (
    <Checkbox.Group
      label="Topics"
      description="Each event is sent once, however many of its topics you select."
      error={error === undefined ? undefined : 'Select at least one topic.'}
      errorProps={{ mt: 8 }}
      {...group}
    >
      <Stack gap={10} mt={8}>
        {topics.map((topic) => (
          <Checkbox
            key={topic}
            value={topic}
            size="xs"
            label={<Mono>{topic}</Mono>}
            description={describe(topic, resolvedState)}
            error={error !== undefined}
            aria-invalid={error !== undefined || undefined}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function describe(topic: Topic, resolvedState: string): string {
  const isAboutResolved = topic === 'workflow.item.resolved' || topic === 'workflow.item.reopened'
  return topicDescriptions[topic] + (isAboutResolved ? ` Here that is “${resolvedState}”.` : '')
}
