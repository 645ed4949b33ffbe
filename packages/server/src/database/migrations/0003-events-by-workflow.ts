import { type Kysely, sql } from 'kysely'

/** Event ids sort by time: so the events of a workflow are listed newest first, and those of a time found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX event_by_workflow ON event (workflow_id, event_id)`.execute(db)
}
