import { topicDescriptions, topics } from '@workflow-webhooks/contract'
import { EmptyState } from '../parts/empty-state.tsx'
import { Mono } from '../parts/mono.tsx'
import { AddWebhook } from './add-webhook.tsx'
import classes from './no-webhooks.module.css'

type Props = { workflowId: string; mayAdd: boolean }

/** Where a workflow has no webhooks yet: what they can tell, and how to add the first. */
export function NoWebhooks({ workflowId, mayAdd }: Props) {
  return (
    <EmptyState title="No webhooks yet" action={mayAdd ? <AddWebhook workflowId={workflowId} /> : undefined}>
      <p className={classes.lead}>
        A webhook sends an HTTPS POST to your URL when something happens to an item in this workflow.
        {!mayAdd && ' Admins of the profile can add one.'}
      </p>
      <dl className={classes.topics}>
        {topics.map((topic) => (
          <div key={topic}>
            <dt>
              <Mono>{topic}</Mono>
            </dt>
            <dd>{topicDescriptions[topic]}</dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  )
}
