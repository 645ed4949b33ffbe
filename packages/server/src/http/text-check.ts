import { fieldErrors } from '@workflow-webhooks/contract'
import { z } from 'zod'
import { AppError, type FieldError } from '../base/errors.ts'

/** A value and where it stands; the parents are followed only if something is wrong. */
type Place = { value: unknown; key: PropertyKey; parent: Place | null }

/** Only a body with one of these can hold what is looked for: a character that is not written as itself, or a key. */
export function mayHoldBadText(json: string): boolean {
  return json.includes('\\u') || json.includes('__proto__') || json.includes('"constructor"')
}

/**
 * Refuses keys that could change how objects behave, and keys and values with NUL or an unpaired surrogate, which
 * cannot be stored. Does not call itself: bodies may be nested as deep as they are long.
 *
 * @throws AppError validation_failed
 */
export function refuseBadText(body: unknown): void {
  const places: Place[] = [{ value: body, key: '', parent: null }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value } = place
    if (typeof value === 'string') refuseText(value, place)
    else if (typeof value === 'object' && value !== null) {
      const isList = Array.isArray(value)
      for (const [key, child] of Object.entries(value).reverse()) {
        if (!isList) refuseKey(key, child, place)
        places.push({ value: child, key: isList ? Number(key) : key, parent: place })
      }
    }
  }
}

function refuseKey(key: string, value: unknown, parent: Place): void {
  const place: Place = { value: undefined, key, parent }
  if (key === '__proto__') throw refusal(place, 'must not be a key')
  if (
    key === 'constructor' &&
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'prototype')
  )
    throw refusal({ value: undefined, key: 'prototype', parent: place }, 'must not be a key')
  refuseText(key, place)
}

function refuseText(text: string, place: Place): void {
  if (text.includes('\0')) throw refusal(place, 'must not contain NUL')
  if (!text.isWellFormed()) throw refusal(place, 'must not contain an unpaired surrogate')
}

function refusal(place: Place, message: string): AppError {
  const path: PropertyKey[] = []
  for (let at = place; at.parent !== null; at = at.parent) path.push(at.key)
  path.reverse()
  const fields: FieldError[] = fieldErrors(
    new z.ZodError([{ code: 'custom', path: path.map(printable), message, input: undefined }]),
  )
  return new AppError('validation_failed', `${fields[0]!.field} ${message}.`, { fields })
}

/** A key as an answer may quote it. */
function printable(key: PropertyKey): PropertyKey {
  return typeof key === 'string' ? key.toWellFormed().replaceAll('\0', '\u2400') : key
}
