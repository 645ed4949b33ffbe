import { textArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'

/** Where a workflow, or a webhook, belongs. */
export type Owner = { workflowId: string; profileId: string }

const MAX_REMEMBERED = 10_000

const findOwnersStatement = statement<{ id: string; workflow_id: string; profile_id: string }>(
  'find-owners',
  `SELECT workflow_id AS id, workflow_id, profile_id FROM workflow WHERE workflow_id = ANY ($1::text[])
   UNION ALL
   SELECT webhook_id, workflow_id, profile_id FROM webhook JOIN workflow USING (workflow_id)
   WHERE webhook_id = ANY ($1::text[])`,
)

/**
 * Finds where workflows and webhooks belong, deleted ones too; what is not there is not in the answer. A webhook never
 * goes to another workflow, nor a workflow to another profile: each is looked up once and remembered.
 */
export function createOwnerFinder(
  database: StatementRunner,
): (ids: Iterable<string>) => Promise<ReadonlyMap<string, Owner>> {
  const remembered = new Map<string, Owner>()
  return async (ids) => {
    const found = new Map<string, Owner>()
    const missing: string[] = []
    for (const id of ids) {
      const owner = remembered.get(id)
      if (owner) found.set(id, owner)
      else missing.push(id)
    }
    if (missing.length === 0) return found
    const rows = await database.run(findOwnersStatement, [textArray(missing)])
    if (remembered.size + rows.length > MAX_REMEMBERED) remembered.clear()
    for (const row of rows) {
      const owner = { workflowId: row.workflow_id, profileId: row.profile_id }
      remembered.set(row.id, owner)
      found.set(row.id, owner)
    }
    return found
  }
}
