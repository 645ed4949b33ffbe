import { type RawBuilder, sql } from 'kysely'

/** A range of an index over several columns: its condition, and the order of its rows. */
export type KeyRange = {
  condition: RawBuilder<boolean>
  ascending: RawBuilder<unknown>
  descending: RawBuilder<unknown>
}

/**
 * SQL for the rows whose last column is from `least` up to but not `below`, and whose other columns have the given
 * values: to be read in the order of the index over just these columns, a few at one of its ends. The columns are
 * compared as rows, and none of them alone: otherwise the planner may take another index that has the last column, or
 * all of the table, and go through the rows of others, however many, until it has found a few of the wanted.
 *
 * @param columns of the index, in its order
 * @param values of all but the last column
 */
export function keyRange(
  columns: string[],
  values: unknown[],
  { least, below }: { least: unknown; below: unknown },
): KeyRange {
  const refs = columns.map((column) => sql.ref(column))
  const row = sql.join(refs)
  const [from, to] = [least, below].map((end) => sql.join([...values, end]))
  return {
    condition: sql`(${row}) >= (${from}) AND (${row}) < (${to})`,
    ascending: row,
    descending: sql.join(refs.map((ref) => sql`${ref} DESC`)),
  }
}
