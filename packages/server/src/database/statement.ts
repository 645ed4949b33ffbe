/**
 * One prepared statement. The name is its identity on a connection, so text and name belong together; it is
 * planned once for each connection, which matters for what runs thousands of times a second.
 */
export type Statement<Row> = { name: string; text: string; rowType?: Row }

/** Runs statements, in a transaction or each in one of its own. */
export interface StatementRunner {
  run<Row>(statement: Statement<Row>, values: unknown[]): Promise<Row[]>
}

/**
 * Declares a statement with the shape of its rows. It has no properties of its own, since the driver copies those one
 * by one each time it runs.
 */
export function statement<Row = never>(name: string, text: string): Statement<Row> {
  return Object.create({ name, text })
}
