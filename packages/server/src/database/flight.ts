import type { Writable } from 'node:stream'
import pg from 'pg'
import { connectionSettings } from './connection-settings.ts'
import type { Statement, StatementRunner } from './statement.ts'

/** What the driver hands its queries: what they write to, and what is known of prepared statements there. */
type Wire = {
  stream: Writable
  /** Texts of what is prepared, and of what was sent to be, by name. */
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
  parse(statement: { name: string; text: string }): void
  bind(portal: { statement: string; values: unknown[] }): void
  describe(portal: { type: 'P'; name: string }): void
  execute(portal: object): void
  sync(): void
}

type Result = {
  rows: unknown[]
  addFields(fields: unknown[]): void
  parseRow(fields: unknown[]): unknown
}

type Part = {
  statement: Statement<unknown>
  values: unknown[]
  result: Result
  resolve(rows: never[]): void
  reject(error: Error): void
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

/**
 * Statements that are one transaction without saying so: they go out together, and the server commits at the one Sync
 * behind them, or undoes all if one fails. So it answers once, where a BEGIN, a COMMIT and each statement between would
 * have an answer of its own, for which this process wakes up.
 *
 * For the driver it is one query. Source: PostgreSQL, “Pipelining” in the chapter on its protocol.
 */
export class Flight extends pg.Query implements StatementRunner {
  /** Of the statement that the server speaks of next: the driver asks for them. */
  declare name: string
  declare text: string
  private readonly parts: Part[] = []
  private current = 0
  private readonly landing = Promise.withResolvers<void>()

  constructor() {
    super('')
  }

  /** Puts a statement on board; its rows are there once all is committed. */
  run<Row>(statement: Statement<Row>, values: unknown[]): Promise<Row[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>()
    promise.catch(() => {}) // the whole fails as it does
    this.parts.push({
      statement,
      values: values.map(prepareValue),
      result: new pg.Result(undefined as never, connectionSettings.types as never) as unknown as Result,
      resolve,
      reject,
    })
    return promise
  }

  /** Sends all that is on board. Rejects with the error of the statement that failed; then nothing was done. */
  send(client: pg.PoolClient): Promise<void> {
    this.turnTo(0)
    client.query(this)
    return this.landing.promise
  }

  override submit = (connection: unknown): void => {
    const wire = connection as Wire
    wire.stream.cork()
    for (const { statement, values } of this.parts) {
      const { name, text } = statement
      if (!(name in wire.parsedStatements || name in wire.submittedNamedStatements)) {
        wire.parse({ name, text })
        wire.submittedNamedStatements[name] = text
      }
      wire.bind({ statement: name, values })
      wire.describe({ type: 'P', name: '' })
      wire.execute({})
    }
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription({ fields }: { fields: unknown[] }): void {
    this.parts[this.current]!.result.addFields(fields)
  }

  handleDataRow({ fields }: { fields: unknown[] }): void {
    const { result } = this.parts[this.current]!
    result.rows.push(result.parseRow(fields))
  }

  handleCommandComplete(): void {
    this.turnTo(this.current + 1)
  }

  handleReadyForQuery(): void {
    for (const { result, resolve } of this.parts) resolve(result.rows as never[])
    this.landing.resolve()
  }

  handleError(error: Error, { submittedNamedStatements }: Wire): void {
    // What stands behind the one that failed was passed over: it is not prepared.
    for (const { statement } of this.parts.slice(this.current))
      delete submittedNamedStatements[statement.name]
    for (const { reject } of this.parts) reject(error)
    this.landing.reject(error)
  }

  private turnTo(place: number): void {
    this.current = place
    const statement = this.parts[place]?.statement
    this.name = statement?.name ?? ''
    this.text = statement?.text ?? ''
  }
}
