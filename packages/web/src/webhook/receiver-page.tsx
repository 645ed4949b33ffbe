import { Skeleton, Text, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useApi } from '../api/queries.ts'
import { JsonBody } from '../delivery/json-body.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { usePreview } from './form/use-preview.ts'
import { HeaderTable } from './receiver/header-table.tsx'
import { ReceiverCode } from './receiver/receiver-code.tsx'
import { ReceiverRules } from './receiver/receiver-rules.tsx'
import classes from './receiver-page.module.css'
import { useWebhook } from './use-webhook.ts'
import { toValues } from './webhook-values.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/receiver')

/** What those who write the receiver need: code that verifies, a sample, the headers and the rules. */
export function ReceiverPage() {
  const path = route.useParams()
  const webhook = useWebhook(path)
  const { data: rules } = useApi('/api/v1/delivery-rules')
  const { data: preview, error } = usePreview(path.workflowId, toValues(webhook))
  const sample = preview?.sample
  return (
    <div className={classes.page}>
      <section aria-labelledby="code">
        <Title order={3} id="code" mb="xs">
          Verify what comes in
        </Title>
        <ProblemAlert error={error} />
        {sample === undefined ? (
          error === null && <Skeleton height={560} />
        ) : (
          <ReceiverCode path={path} facts={{ ...webhook, sampleBody: sample.body }} />
        )}
      </section>
      <section aria-labelledby="sample">
        <Title order={3} id="sample" mb={2}>
          Sample payload
        </Title>
        {sample === undefined ? (
          <Skeleton height={420} />
        ) : (
          <>
            <Text size="sm" c="dimmed">
              {sample.isSample
                ? 'A made-up event, in the format of real ones: no event of this workflow matches this webhook yet.'
                : 'The newest event of this workflow that matches this webhook, as it would be sent.'}
            </Text>
            <JsonBody body={sample.body} maxHeight={420} />
          </>
        )}
      </section>
      <section aria-labelledby="headers">
        <Title order={3} id="headers" mb="xs">
          Headers
        </Title>
        <HeaderTable customNames={Object.keys(webhook.headers)} version={rules?.version} />
      </section>
      <section aria-labelledby="rules">
        <Title order={3} id="rules" mb="xs">
          Rules
        </Title>
        <ReceiverRules rules={rules} />
      </section>
    </div>
  )
}
