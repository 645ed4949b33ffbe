import type { CustomHeaderChanges, CustomHeaders, FieldError } from '@workflow-webhooks/contract'
import { AppError } from '../base/errors.ts'

/**
 * The headers that an edit comes to: those given and no others; where the value is null, the one that is stored
 * under that name in whatever letter case.
 *
 * @throws AppError validation_failed naming each `headers.<name>` that is null and not stored
 */
export function resolveHeaders(given: CustomHeaderChanges, stored: CustomHeaders): CustomHeaders {
  const storedByName = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]))
  const errors: FieldError[] = []
  const resolved = Object.entries(given).map(([name, value]): [string, string] => {
    const kept = value ?? storedByName.get(name.toLowerCase())
    if (kept === undefined)
      errors.push({ field: `headers.${name}`, message: 'must have a value: none is stored under this name' })
    return [name, kept ?? '']
  })
  if (errors.length > 0)
    throw new AppError('validation_failed', 'A header without a value is not stored.', { fields: errors })
  return Object.fromEntries(resolved)
}
