import { type UseFormReturnType, useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { generateSecret } from '@workflow-webhooks/contract'
import { useEffect, useState } from 'react'
import { client, type Schema } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import { getQuery, useLoaded } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import {
  canKeepSecret,
  carryOver,
  changedFields,
  isClash,
  type NoticeValues,
  noticeErrors,
  toBody,
  toFormErrors,
  toValues,
} from './notice-values.ts'

type Settings = Schema<'NoticeSettings'>

export type NoticeForm = UseFormReturnType<NoticeValues>

const PATH = '/api/v1/profiles/{profileId}/notice-settings'

/**
 * Edits where the notices of a profile go. What somebody else saves meanwhile is taken in by itself where nothing that
 * was typed is at stake; otherwise it is `theirs`, and one decides: save over it, or `takeTheirs`. These settings have
 * no version to be saved onto, so they are read again right before.
 *
 * @param onRefused called once errors stand beside their fields
 */
export function useNoticeEdit(profileId: string, onRefused: () => void) {
  const queryClient = useQueryClient()
  const path = { profileId }
  const query = getQuery(PATH, { path })
  const stored = useLoaded(PATH, { path })
  const [base, setBase] = useState(stored)
  const [initialValues] = useState(() => toValues(stored))
  const form = useForm({
    initialValues,
    validate: noticeErrors,
    validateInputOnBlur: ['url', 'secret'],
    validateInputOnChange: ['emails'],
  })
  const { values } = form
  // Kept while the URL is being typed, and used for one host only.
  const [offeredSecret, setOfferedSecret] = useState(generateSecret)
  const canKeep = canKeepSecret(stored, values)
  const secret = values.secret ?? (canKeep ? null : offeredSecret)

  const begin = (from: Settings, present: NoticeValues): void => {
    setBase(from)
    form.setValues(present)
  }
  const save = useCall(
    async (mine: NoticeValues) => {
      const present = await queryClient.fetchQuery({ ...query, staleTime: 0 })
      if (changedFields(stored, toValues(present)).length > 0 && isClash(mine, base, present))
        throw new ApiProblem({ status: 412, code: 'version_conflict', title: 'Somebody else changed it' })
      const body = toBody(carryOver(mine, base, present))
      return body === undefined
        ? client.DELETE(PATH, { params: { path } })
        : client.PUT(PATH, { params: { path }, body })
    },
    {
      errors: 'inline',
      done: (saved) =>
        saved === undefined ? 'Saved: notices stay in the app.' : 'Saved: notices go there from now on.',
      onDone: (saved, mine) => {
        const { webhook, emails = [], emailsAllowed = stored.emailsAllowed } = saved ?? {}
        // Without the secret, which one has copied by now.
        const kept = { ...(webhook && { webhook: { url: webhook.url } }), emails, emailsAllowed }
        queryClient.setQueryData(query.queryKey, kept)
        const typed = form.getValues()
        // What was typed since it was sent stays.
        const since = { ...typed, secret: typed.secret === mine.secret ? null : typed.secret }
        begin(kept, carryOver(since, kept, kept))
        setOfferedSecret(generateSecret())
        // Somebody else moved it in between, and it was not shown yet: it is, and can be saved again.
        const made = webhook?.secret
        if (made !== undefined && made !== mine.secret?.trim()) form.setFieldValue('secret', made)
      },
    },
  )

  const isNewer = changedFields(base, toValues(stored)).length > 0 && !save.isPending
  const theirs = isNewer && isClash(values, base, stored) ? stored : undefined
  useEffect(() => {
    if (isNewer && theirs === undefined) begin(stored, carryOver(values, base, stored))
  })

  return {
    form,
    save,
    stored,
    theirs,
    /** To be copied before it is saved; null: the stored one stays. */
    secret,
    canKeepSecret: canKeep,
    isUnsaved: changedFields(base, values).length > 0,
    submit: (): void => {
      if (form.validate().hasErrors) {
        onRefused()
      } else if (changedFields(base, values).length > 0) {
        save.mutate(
          { ...values, secret },
          {
            onError: (error) => {
              form.setErrors(toFormErrors(fieldErrorsOf(error), values))
              onRefused()
            },
          },
        )
      }
    },
    takeTheirs: (): void => {
      save.reset()
      begin(stored, toValues(stored))
    },
  }
}
