import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { client, type Schema } from '../../api/client.ts'
import { isProblem } from '../../api/problem.ts'
import { getQuery } from '../../api/queries.ts'
import { useCall } from '../../api/use-call.ts'
import { fieldErrorsOf } from '../../parts/field-errors.ts'
import { toValues, type WebhookValues } from '../webhook-values.ts'
import { earlyChecks } from './early-checks.ts'
import { carryOver, changedFields, isAtStake, toEditBody } from './webhook-changes.ts'
import { toFormErrors, webhookErrors } from './webhook-errors.ts'

type Webhook = Schema<'Webhook'>
type Edit = { values: WebhookValues; base: Webhook }

const PATH = '/api/v1/workflows/{workflowId}/webhooks/{webhookId}'

/**
 * Edits a webhook whose latest known version is `webhook`. What one types is on top of `base`, the version that it
 * began from, and is saved only onto that one (`If-Match`). A newer version is taken in by itself where nothing that
 * was typed is at stake; otherwise it is `theirs`, and one decides: `saveMine` over it, or `takeTheirs`.
 *
 * @param onRefused called once errors stand beside their fields
 */
export function useWebhookEdit(webhook: Webhook, onRefused: () => void) {
  const queryClient = useQueryClient()
  const path = { workflowId: webhook.workflowId, webhookId: webhook.webhookId }
  const [base, setBase] = useState(webhook)
  const form = useForm({ initialValues: toValues(webhook), ...earlyChecks })
  const { values } = form

  const know = (present: Webhook) => queryClient.setQueryData(getQuery(PATH, { path }).queryKey, present)
  const begin = (from: Webhook, present: WebhookValues): void => {
    setBase(from)
    form.setValues(present)
  }
  const save = useCall(
    (edit: Edit) => {
      const header = { 'If-Match': `"${edit.base.version}"` }
      return client.PATCH(PATH, { params: { path, header }, body: toEditBody(edit.base, edit.values) })
    },
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks'],
      errors: 'inline',
      done: 'Saved. Every attempt from now on uses it.',
      onDone: (saved, edit) => {
        know(saved)
        // What was typed since it was sent stays.
        begin(saved, carryOver(form.getValues(), edit.values, saved))
      },
    },
  )
  const submit = (edit: Edit): void => {
    const errors = webhookErrors(edit.values)
    if (Object.keys(errors).length > 0) {
      form.setErrors(errors)
      onRefused()
    } else if (changedFields(toValues(edit.base), edit.values).length > 0) {
      save.mutate(edit, { onError: (error) => showError(error, edit) })
    }
  }
  const showError = (error: unknown, edit: Edit): void => {
    if (isProblem(error, 'version_conflict')) {
      const theirs = error.current as Webhook
      know(theirs)
      if (!isAtStake(edit.base, theirs, edit.values)) saveOver(theirs, edit.base)
    } else {
      form.setErrors(toFormErrors(fieldErrorsOf(error), edit.values))
      onRefused()
    }
  }
  const saveOver = (theirs: Webhook, from: Webhook): void => {
    const mine = carryOver(form.getValues(), toValues(from), theirs)
    begin(theirs, mine)
    submit({ values: mine, base: theirs })
  }

  const isNewer = webhook.version > base.version && !save.isPending
  const theirs = isNewer && isAtStake(base, webhook, values) ? webhook : undefined
  useEffect(() => {
    if (isNewer && theirs === undefined) begin(webhook, carryOver(values, toValues(base), webhook))
  })

  const refused = isProblem(save.error, 'version_conflict') ? (save.error.current as Webhook) : undefined

  return {
    form,
    save,
    myFields: changedFields(toValues(base), values),
    theirs,
    /** One tried to save, and it was refused because of `theirs`. */
    isRefused: theirs !== undefined && refused?.version === theirs.version,
    theirFields: theirs === undefined ? [] : changedFields(toValues(base), toValues(theirs)),
    submit: () => submit({ values, base }),
    saveMine: () => saveOver(webhook, base),
    takeTheirs: (): void => {
      save.reset()
      begin(webhook, toValues(webhook))
    },
  }
}
