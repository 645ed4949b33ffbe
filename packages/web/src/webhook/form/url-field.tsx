import { Loader, TextInput, VisuallyHidden } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconCheck } from '@tabler/icons-react'
import { sentence } from '../../parts/field-errors.ts'
import type { WebhookValues } from '../webhook-values.ts'
import { useUrlCheck } from './use-url-check.ts'
import classes from './webhook-form.module.css'

type Props = { form: UseFormReturnType<WebhookValues>; workflowId: string }

/** Where the webhook sends to; the service says while one types whether it may. */
export function UrlField({ form, workflowId }: Props) {
  const { error: formError, ...input } = form.getInputProps('url')
  const { isChecking, checked } = useUrlCheck(workflowId, form.values.url.trim())
  const refusal = checked?.allowed === false ? sentence(checked.message ?? 'is not allowed') : undefined
  const error = formError ?? refusal
  const isAllowed = checked?.allowed === true && error === undefined
  return (
    <>
      <TextInput
        label="URL"
        type="url"
        placeholder="https://"
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: classes.mono! }}
        {...input}
        error={error}
        description={isAllowed ? ALLOWED : HINT}
        descriptionProps={{ 'data-allowed': isAllowed || undefined, className: classes.urlHint! }}
        // One of the two, in the same place: nothing below moves.
        inputWrapperOrder={['label', 'input', error === undefined ? 'description' : 'error']}
        rightSection={isChecking ? <Loader size={14} /> : isAllowed && <IconCheck size={16} />}
      />
      <VisuallyHidden role="status">{refusal ?? (isAllowed ? ALLOWED : '')}</VisuallyHidden>
    </>
  )
}

const HINT = 'The HTTPS endpoint that receives the POST requests. TLS is required for every delivery.'
const ALLOWED = 'Outtake may send to this URL.'
