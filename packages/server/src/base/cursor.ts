import { invalidField } from './errors.ts'

/** Which part of a list is asked for: `limit` entries after `cursor`, or from the start. */
export type Page = { limit: number; cursor?: string | undefined }

/** A part of a list; `nextCursor` is null on the last one. */
export type PageAnswer<Entry> = { data: Entry[]; nextCursor: string | null }

/** Marks where a page of `list` ended. `list` names the list with what it is part of (`webhooks of wfl_…`). */
export function encodeCursor(list: string, id: string): string {
  return Buffer.from(`${list}\n${id}`).toString('base64url')
}

/**
 * The id after which a page begins, or `undefined` for the first page.
 *
 * @throws AppError validation_failed (`cursor`) if it is not a cursor of this list.
 */
export function decodeCursor(list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [cursorList, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  // Only an id as we make them: what the database cannot compare (NUL) must not reach it.
  if (cursorList === list && rest.length === 0 && id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id))
    return id
  throw invalidField('cursor', 'must be the `nextCursor` of a page of this list')
}

/** Makes a page of the rows after a cursor; one row more than `limit` tells that another page follows. */
export function toPage<Row, Entry>(
  list: string,
  rows: Row[],
  limit: number,
  idOf: (row: Row) => string,
  toEntry: (row: Row) => Entry,
): PageAnswer<Entry> {
  const shown = rows.slice(0, limit)
  return {
    data: shown.map(toEntry),
    nextCursor: rows.length > limit ? encodeCursor(list, idOf(shown.at(-1)!)) : null,
  }
}
