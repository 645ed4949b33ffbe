import { Stack, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode, Ref } from 'react'
import type { Schema } from '../../api/client.ts'
import type { WebhookValues } from '../webhook-values.ts'
import { FiltersField } from './filters-field.tsx'
import { HeadersField } from './headers-field.tsx'
import { PauseField } from './pause-field.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { TopicsField } from './topics-field.tsx'
import { UrlField } from './url-field.tsx'
import classes from './webhook-form.module.css'

type Props = {
  form: UseFormReturnType<WebhookValues>
  workflow: Schema<'Workflow'>
  onSubmit: () => void
  formRef: Ref<HTMLFormElement>
  /** Above the fields. */
  notice?: ReactNode
  /** Between the fields of what is sent and that of when it is paused. */
  children: ReactNode
  /** The bar that saves. */
  footer: ReactNode
}

/** The configuration of a webhook, with what it would have sent beside it. */
export function WebhookForm({ form, workflow, onSubmit, formRef, notice, children, footer }: Props) {
  const { workflowId, states, resolvedState } = workflow
  return (
    <div className={classes.columns}>
      <form
        ref={formRef}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // Forms in dialogs are elsewhere in the page, but React tells of them here.
          if (event.target === event.currentTarget) onSubmit()
        }}
      >
        <Stack gap={20}>
          {notice}
          <UrlField form={form} workflowId={workflowId} />
          <Textarea
            label="Description"
            description="Optional: what it is for and who to ask."
            autosize
            minRows={1}
            maxRows={4}
            {...form.getInputProps('description')}
          />
          <TopicsField form={form} resolvedState={resolvedState} />
          <FiltersField form={form} workflowId={workflowId} states={states} />
          <HeadersField form={form} />
          {children}
          <PauseField form={form} />
        </Stack>
        {footer}
      </form>
      <PreviewPanel workflowId={workflowId} values={form.values} />
    </div>
  )
}
