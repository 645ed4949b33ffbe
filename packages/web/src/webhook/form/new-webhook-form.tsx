import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { generateSecret } from '@workflow-webhooks/contract'
import { useState } from 'react'
import { client, type Schema } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { fieldErrorsOf } from '../../parts/field-errors.ts'
import { SaveBar } from '../../parts/save-bar.tsx'
import { SaveProblem } from '../../parts/save-problem.tsx'
import { SecretField } from '../../parts/secret-field.tsx'
import { useFocusFirstError } from '../../parts/use-focus-first-error.ts'
import { useUnsavedGuard } from '../../parts/use-unsaved-guard.tsx'
import { newWebhookValues, toCreateBody, webhookFields } from '../webhook-values.ts'
import { earlyChecks } from './early-checks.ts'
import { EnabledField } from './enabled-field.tsx'
import { useIdempotencyKey } from './use-idempotency-key.ts'
import { toFormErrors } from './webhook-errors.ts'
import { WebhookForm } from './webhook-form.tsx'

/** The form of a webhook that is not there yet: with its secret, which is shown before it is saved. */
export function NewWebhookForm({ workflow }: { workflow: Schema<'Workflow'> }) {
  const { workflowId } = workflow
  const navigate = useNavigate()
  const keyFor = useIdempotencyKey()
  const { formRef, focusFirstError } = useFocusFirstError()
  const [initialValues] = useState(() => ({ ...newWebhookValues(), secret: generateSecret() }))
  const form = useForm({ initialValues, ...earlyChecks })
  const unsaved = useUnsavedGuard(form.isDirty())
  const create = useCall(
    (body: Schema<'CreateWebhook'>) => {
      const params = { path: { workflowId }, header: { 'Idempotency-Key': keyFor(body) } }
      return client.POST('/api/v1/workflows/{workflowId}/webhooks', { params, body })
    },
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks'],
      errors: 'inline',
      done: ({ enabled }) =>
        enabled
          ? 'Webhook created. The selected events are sent from now on.'
          : 'Webhook created. Nothing is sent until you enable deliveries.',
      onDone: ({ webhookId }) => {
        unsaved.release()
        void navigate({
          to: '/workflows/$workflowId/webhooks/$webhookId',
          params: { workflowId, webhookId },
        })
      },
    },
  )
  const submit = (): void => {
    const { values } = form
    if (values.secret.trim() === '') {
      // The service would generate one too, but nobody would have copied it.
      form.setFieldValue('secret', generateSecret())
    } else if (form.validate().hasErrors) {
      focusFirstError()
    } else {
      create.mutate(toCreateBody(values, values.secret.trim()), {
        onError: (error) => {
          form.setErrors(toFormErrors(fieldErrorsOf(error), values))
          focusFirstError()
        },
      })
    }
  }
  return (
    <>
      <WebhookForm
        form={form}
        workflow={workflow}
        formRef={formRef}
        onSubmit={submit}
        footer={
          <SaveBar
            action="Create webhook"
            isPending={create.isPending}
            isUnsaved={form.isDirty()}
            problem={<SaveProblem error={create.error} fields={[...webhookFields, 'secret']} />}
          >
            {form.values.enabled
              ? 'Outtake starts sending the selected events at once.'
              : 'Nothing is sent until you enable deliveries.'}
          </SaveBar>
        }
      >
        <SecretField
          value={form.values.secret}
          error={form.errors.secret}
          onChange={(secret) => form.setFieldValue('secret', secret)}
          description="Copy it into your receiver before you save. Each delivery carries it in x-outtake-secret and is signed with it. You may paste your own; left blank, one is generated."
        />
        <EnabledField form={form} />
      </WebhookForm>
      {unsaved.dialog}
    </>
  )
}
