import type { Schema } from '../../api/client.ts'
import { SaveBar } from '../../parts/save-bar.tsx'
import { SaveProblem } from '../../parts/save-problem.tsx'
import { useFocusFirstError } from '../../parts/use-focus-first-error.ts'
import { useUnsavedGuard } from '../../parts/use-unsaved-guard.tsx'
import { SecretSection } from '../secret-section.tsx'
import { type WebhookField, webhookFields } from '../webhook-values.ts'
import { ConflictNotice } from './conflict-notice.tsx'
import { FieldGroup } from './field-group.tsx'
import { useWebhookEdit } from './use-webhook-edit.ts'
import { WebhookForm } from './webhook-form.tsx'

type Props = { webhook: Schema<'Webhook'>; workflow: Schema<'Workflow'> }

/** The form of a webhook that is there. Its toggle stands above the tabs, its secret changes by rotation. */
export function ConfigurationForm({ webhook, workflow }: Props) {
  const { formRef, focusFirstError } = useFocusFirstError()
  const edit = useWebhookEdit(webhook, focusFirstError)
  const isUnsaved = edit.myFields.length > 0
  const unsaved = useUnsavedGuard(isUnsaved)
  // The notice goes with its buttons, and with it would the focus.
  const decide = (decision: () => void): void => {
    formRef.current?.querySelector<HTMLElement>('[type="submit"]')?.focus()
    decision()
  }
  return (
    <>
      <WebhookForm
        form={edit.form}
        workflow={workflow}
        formRef={formRef}
        onSubmit={edit.submit}
        notice={
          edit.theirs && (
            <ConflictNotice
              theirs={edit.theirs}
              theirFields={edit.theirFields}
              mine={edit.form.values}
              myFields={edit.myFields}
              isRefused={edit.isRefused}
              onSaveMine={() => decide(edit.saveMine)}
              onTakeTheirs={() => decide(edit.takeTheirs)}
            />
          )
        }
        footer={
          <SaveBar
            action="Save changes"
            isPending={edit.save.isPending}
            isUnsaved={isUnsaved}
            isIdle={!isUnsaved}
            problem={<SaveProblem error={edit.save.error} fields={webhookFields} />}
          >
            {consequence(edit.myFields, webhook.enabled)}
          </SaveBar>
        }
      >
        <FieldGroup
          label="Secret"
          description="What requests are signed with; rotating it takes effect at once."
        >
          <SecretSection workflowId={webhook.workflowId} webhookId={webhook.webhookId} />
        </FieldGroup>
      </WebhookForm>
      {unsaved.dialog}
    </>
  )
}

/** What saving does. */
function consequence(fields: WebhookField[], isEnabled: boolean): string {
  if (!isEnabled) return 'Deliveries are off: nothing is sent until you enable them.'
  const isMatching = fields.includes('topics') || fields.includes('filters')
  const canceled = isMatching ? ' Pending deliveries that no longer match are canceled.' : ''
  return `Changes take effect at once, for retries too.${canceled}`
}
