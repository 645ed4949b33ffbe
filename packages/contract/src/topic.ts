import { oneOf } from './fields.ts'

/** What a webhook can subscribe to. */
export const topics = [
  'workflow.item.created',
  'workflow.item.state.changed',
  'workflow.item.resolved',
  'workflow.item.reopened',
] as const

export type Topic = (typeof topics)[number]

/** The names of the pipeline events that can fire. */
export const triggers = ['workflow-item-created', 'workflow-item-state-updated'] as const

export type Trigger = (typeof triggers)[number]

/** When each topic fires, in one sentence for people who choose between them. */
export const topicDescriptions: { readonly [T in Topic]: string } = {
  'workflow.item.created': 'Fires once when an item enters the workflow, in whatever state.',
  'workflow.item.state.changed': 'Fires when an item moves to another state, the resolved state included.',
  'workflow.item.resolved': 'Fires when an item moves into the state that is configured as resolved.',
  'workflow.item.reopened': 'Fires when an item moves out of the state that is configured as resolved.',
}

/** When each trigger fires, in one sentence. */
export const triggerDescriptions: { readonly [T in Trigger]: string } = {
  'workflow-item-created': 'An item was inserted into the workflow.',
  'workflow-item-state-updated': 'An item moved to another state.',
}

export const topicSchema = oneOf(topics).meta({
  id: 'Topic',
  description: topics.map((topic) => `\`${topic}\`: ${topicDescriptions[topic]}`).join('\n'),
})

export const triggerSchema = oneOf(triggers).meta({
  id: 'Trigger',
  description: 'The name of the pipeline event that fired.',
})
