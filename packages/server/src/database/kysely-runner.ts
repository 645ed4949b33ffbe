import { CompiledQuery, type Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { StatementRunner } from './statement.ts'

/** Lets statements run inside a transaction of Kysely's. */
export function kyselyRunner(db: Kysely<Schema>): StatementRunner {
  return {
    async run<Row>({ text }: { text: string }, values: unknown[]): Promise<Row[]> {
      const result = await db.executeQuery<Row>(CompiledQuery.raw(text, values))
      return result.rows
    },
  }
}
