import { invalidField } from '../base/errors.ts'

/** A version as an `ETag` (RFC 9110, section 8.8.3). */
export function toEtag(version: number): string {
  return `"${version}"`
}

/**
 * The version that `If-Match` asks for; null: whatever it is. Taken as an `ETag` comes, also weak, as some proxies make
 * it, and as a bare number.
 *
 * @throws AppError validation_failed if it is neither
 */
export function ifMatchVersion(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null
  const [, quoted, bare] = /^\s*(?:(?:W\/)?"(\d{1,9})"|(\d{1,9}))\s*$/.exec(header) ?? []
  const version = quoted ?? bare
  if (version === undefined) throw invalidField('If-Match', 'must be the `ETag` of the webhook, such as "3"')
  return Number(version)
}
