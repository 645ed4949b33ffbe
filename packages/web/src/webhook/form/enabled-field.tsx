import { Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { offMeaning } from '../webhook-text.ts'
import type { WebhookValues } from '../webhook-values.ts'

type Props = { form: UseFormReturnType<WebhookValues> }

/** Whether the webhook sends at all, and what it means if not. */
export function EnabledField({ form }: Props) {
  const { error, ...input } = form.getInputProps('enabled', { type: 'checkbox' })
  return <Switch label="Enable deliveries" description={offMeaning} error={error} {...input} />
}
