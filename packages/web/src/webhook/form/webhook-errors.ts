import {
  createWebhookSchema,
  fieldErrors,
  filterFields,
  headerNameProblem,
  headerValueProblem,
  MAX_CUSTOM_HEADERS,
  secretProblem,
} from '@workflow-webhooks/contract'
import { sentence } from '../../parts/field-errors.ts'
import { givenHeaders, toConfiguration, type WebhookValues } from '../webhook-values.ts'

type Errors = Record<string, string>

/**
 * What is wrong with the form, by the contract's own rules: field of the form → message. A row of headers has
 * `headers.<index>.name` and `.value`, a filter's list one error for all of it.
 */
export function webhookErrors(values: WebhookValues & { secret?: string }): Errors {
  const { url, topics, description, filters } = toConfiguration(values)
  const body = { url, topics, ...(description !== null && { description }), ...(filters && { filters }) }
  const parsed = createWebhookSchema.safeParse(body)
  const found = parsed.success ? [] : fieldErrors(parsed.error)
  const byField = found.map(({ field, message }): [string, string] => [
    field.replaceAll(/\[(\d+)\]/g, '.$1'),
    sentence(message),
  ])
  const secret = values.secret === undefined ? undefined : secretProblem(values.secret.trim())
  return {
    ...toFormErrors(Object.fromEntries(byField.reverse()), values),
    ...headerErrors(values),
    ...(secret !== undefined && { secret: sentence(secret) }),
  }
}

/** The errors of an answer (`fieldErrorsOf`), beside the fields of the form that they are about. */
export function toFormErrors(errors: Errors, values: WebhookValues): Errors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => toFormError(field, message, values)),
  )
}

function toFormError(field: string, message: string, values: WebhookValues): [string, string] {
  const list = filterFields.find(
    (name) => field === `filters.${name}` || field.startsWith(`filters.${name}.`),
  )
  if (list !== undefined) {
    const value = values.filters[list][Number(field.split('.')[2])]
    return [`filters.${list}`, value === undefined ? message : `${value}: ${message}`]
  }
  if (field.startsWith('headers.')) {
    const name = field.slice('headers.'.length).toLowerCase()
    const index = values.headers.findIndex((row) => row.name.trim().toLowerCase() === name)
    if (index >= 0) return [`headers.${index}.value`, message]
  }
  return [field, message]
}

/** Row by row rather than by the schema, which cannot see two rows of the same name. */
function headerErrors(values: WebhookValues): Errors {
  const errors: Errors = {}
  const given = givenHeaders(values)
  const names = given.map(({ name }) => name.trim().toLowerCase())
  for (const row of given) {
    const name = row.name.trim()
    const isTwice = names.indexOf(name.toLowerCase()) < given.indexOf(row)
    const nameProblem =
      name === '' ? 'must not be empty' : (headerNameProblem(name) ?? (isTwice ? TWICE : undefined))
    const valueProblem = headerValueProblem(row.value, row.isStored)
    const index = values.headers.indexOf(row)
    if (nameProblem !== undefined) errors[`headers.${index}.name`] = sentence(nameProblem)
    if (valueProblem !== undefined) errors[`headers.${index}.value`] = sentence(valueProblem)
  }
  if (given.length > MAX_CUSTOM_HEADERS) errors.headers = `At most ${MAX_CUSTOM_HEADERS} headers.`
  return errors
}

const TWICE = 'is there twice; letter case makes no difference'
