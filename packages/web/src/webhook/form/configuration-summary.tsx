import type { Schema } from '../../api/client.ts'
import { Facts } from '../../parts/facts.tsx'
import { Mono } from '../../parts/mono.tsx'
import { fieldLabels, fieldText } from '../webhook-text.ts'
import { toValues, webhookFields } from '../webhook-values.ts'
import { PreviewPanel } from './preview-panel.tsx'
import classes from './webhook-form.module.css'

/** The configuration for reading, with what it would have sent beside it. */
export function ConfigurationSummary({ webhook }: { webhook: Schema<'Webhook'> }) {
  const values = toValues(webhook)
  return (
    <div className={classes.columns}>
      <Facts
        facts={webhookFields.map((field) => {
          const text = fieldText(field, values)
          return { label: fieldLabels[field], value: field === 'url' ? <Mono>{text}</Mono> : text }
        })}
      />
      <PreviewPanel workflowId={webhook.workflowId} values={values} />
    </div>
  )
}
