import {
  type EditNoticeSettings,
  editNoticeSettingsSchema,
  fieldErrors,
  generateSecret,
  hasSameHost,
} from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'
import { sentence } from '../parts/field-errors.ts'

type Settings = Pick<Schema<'NoticeSettings'>, 'webhook' | 'emails'>
type Errors = Record<string, string>

/** What the form edits: where notices go beside the app. */
export type NoticeValues = {
  /** Of the operational webhook; empty where there is none. */
  url: string
  /** `null` keeps the stored one, which is never shown again. */
  secret: string | null
  emails: string[]
}

/** What is set as a whole: an operational webhook with its secret, and the addresses. */
export type NoticeField = 'webhook' | 'emails'

/** What is stored, for the form; where no secret is stored, one to be copied. */
export function toValues({ webhook, emails }: Settings): NoticeValues {
  return { url: webhook?.url ?? '', secret: webhook === undefined ? generateSecret() : null, emails }
}

/**
 * Whether the stored secret can stay. A URL of another host gets another one: a secret is sent with each notice, and
 * what one host was told is not for another. While the URL is none, nothing is known yet.
 */
export function canKeepSecret({ webhook }: Settings, { url }: NoticeValues): boolean {
  return webhook !== undefined && (!URL.canParse(url) || hasSameHost(webhook.url, url))
}

/** Which fields of the form are not as they are stored. A secret without a URL is nothing yet. */
export function changedFields({ webhook, emails }: Settings, values: NoticeValues): NoticeField[] {
  const url = values.url.trim()
  const isOther =
    url !== (webhook?.url ?? '') || (url !== '' && webhook !== undefined && values.secret !== null)
  const hasOthers = JSON.stringify(emails.toSorted()) !== JSON.stringify(values.emails.toSorted())
  return [...(isOther ? (['webhook'] as const) : []), ...(hasOthers ? (['emails'] as const) : [])]
}

/** The form's values on top of newer settings: what differs from `base`, where the form began, stays as it is. */
export function carryOver(values: NoticeValues, base: Settings, newer: Settings): NoticeValues {
  const mine = changedFields(base, values)
  const stored = toValues(newer)
  const { url, secret, emails } = values
  return {
    // A secret that is no longer stored cannot be kept.
    ...(mine.includes('webhook') ? { url, secret: secret ?? stored.secret } : stored),
    emails: mine.includes('emails') ? emails : stored.emails,
  }
}

/** Whether somebody else changed what is also changed here. */
export function isClash(values: NoticeValues, base: Settings, newer: Settings): boolean {
  const theirs = changedFields(base, toValues(newer))
  return changedFields(base, values).some((field) => theirs.includes(field))
}

/** Addresses as they are stored: one each, in lower case, none twice; what is pasted may have several in one. */
export function toAddresses(texts: readonly string[]): string[] {
  const addresses = texts.flatMap((text) => text.toLowerCase().split(/[\s,;]+/))
  return [...new Set(addresses.filter((address) => address !== ''))]
}

/** The body that stores the form; undefined where notices go nowhere but into the app. */
export function toBody({ url, secret, emails }: NoticeValues): EditNoticeSettings | undefined {
  if (url.trim() === '' && emails.length === 0) return undefined
  const given = secret === null ? {} : { secret: secret.trim() }
  return { ...(url.trim() !== '' && { webhook: { url: url.trim(), ...given } }), emails }
}

/** What is wrong with the form, by the contract's own rules: field of the form → message. */
export function noticeErrors(values: NoticeValues): Errors {
  const parsed = editNoticeSettingsSchema.safeParse(toBody(values) ?? {})
  const found = parsed.success ? [] : fieldErrors(parsed.error)
  const byField = found.map(({ field, message }): [string, string] => [
    field.replaceAll(/\[(\d+)\]/g, '.$1'),
    sentence(message),
  ])
  return toFormErrors(Object.fromEntries(byField.reverse()), values)
}

/** The errors of an answer (`fieldErrorsOf`), beside the fields of the form that they are about. */
export function toFormErrors(errors: Errors, { emails }: NoticeValues): Errors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => {
      const [name, index] = field.split('.')
      if (name === 'webhook') return [index ?? 'url', message]
      const email = name === 'emails' ? emails[Number(index)] : undefined
      return [name!, email === undefined ? message : `${email}: ${message}`]
    }),
  )
}
