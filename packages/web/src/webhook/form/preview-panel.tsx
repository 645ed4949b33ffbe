import { Group, Loader, Skeleton, Stack, Text, Title } from '@mantine/core'
import { memo } from 'react'
import { JsonBody } from '../../delivery/json-body.tsx'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import type { WebhookValues } from '../webhook-values.ts'
import { PreviewEventRow } from './preview-event-row.tsx'
import { previewEvents } from './preview-events.ts'
import classes from './preview-panel.module.css'
import { type Preview, usePreview } from './use-preview.ts'

type Props = { workflowId: string; values: Pick<WebhookValues, 'topics' | 'filters'> }

/** What a webhook with these topics and filters would have sent of the last events, and the text that would go out. */
export function PreviewPanel({ workflowId, values }: Props) {
  const { data: preview, error, isFetching, isAskable } = usePreview(workflowId, values)
  const hasTopics = values.topics.length > 0
  return (
    <section className={classes.panel} aria-labelledby="preview-title">
      <Group gap={8}>
        <Title order={3} id="preview-title">
          What it would have sent
        </Title>
        {isFetching && preview !== undefined && <Loader size={12} />}
      </Group>
      <ProblemAlert error={error} />
      {(preview !== undefined || !hasTopics) && (
        <Text size="sm" role="status">
          {hasTopics ? resultText(preview!) : 'Nothing: no topic is selected.'}
          {hasTopics && !isAskable && ' Your latest change is not in it: a value of a filter is wrong.'}
        </Text>
      )}
      {hasTopics && preview !== undefined && (
        <>
          <Events preview={preview} />
          <Sample preview={preview} />
        </>
      )}
      {hasTopics && preview === undefined && error === null && <SkeletonPreview />}
    </section>
  )
}

/** Drawn again only where there is another result, not with each letter that is typed elsewhere. */
const Events = memo(function Events({ preview }: { preview: Preview }) {
  if (preview.examined === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <ul className={classes.events} tabIndex={0} aria-label="The last events">
      {previewEvents(preview).map((row) => (
        <PreviewEventRow key={row.event.eventId} {...row} topics={preview.topics} />
      ))}
    </ul>
  )
})

function Sample({ preview: { sample, examined } }: { preview: Preview }) {
  const why = examined === 0 ? 'this workflow has no events yet' : 'none of these events would have been sent'
  return (
    <Stack gap={6} mt={6}>
      <Title order={3}>The JSON that would go out</Title>
      <Text size="xs" c="dimmed">
        {sample.isSample ? `A sample: ${why}.` : 'Of the newest event with a tick.'}
      </Text>
      <JsonBody body={sample.body} maxHeight={340} />
    </Stack>
  )
}

function SkeletonPreview() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading the preview">
      <Skeleton height={18} width="60%" />
      <Skeleton height={328} />
      <Skeleton height={340} />
    </Stack>
  )
}

function resultText({ examined, data }: Preview): string {
  if (examined === 0) return 'No events yet: what is filed or moved in this workflow appears here.'
  const all = examined === 1 ? 'the only event so far' : `the last ${examined} events`
  if (data.length === 0) return `Would have sent none of ${all}.`
  if (data.length < examined) return `Would have sent ${data.length} of ${all}.`
  return examined === 1 ? `Would have sent ${all}.` : `Would have sent all of ${all}.`
}
