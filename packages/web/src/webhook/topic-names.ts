import { topics as allTopics } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'

type Topic = Schema<'Topic'>

const shortNames: Readonly<Record<Topic, string>> = {
  'workflow.item.created': 'created',
  'workflow.item.state.changed': 'state changed',
  'workflow.item.resolved': 'resolved',
  'workflow.item.reopened': 'reopened',
}

/** Topics in short, in their own order: `created, resolved`; `all four topics`. */
export function topicsText(topics: readonly Topic[]): string {
  if (topics.length === allTopics.length) return 'all four topics'
  return allTopics
    .filter((topic) => topics.includes(topic))
    .map((topic) => shortNames[topic])
    .join(', ')
}
