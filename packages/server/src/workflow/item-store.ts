import type { Alert } from '@workflow-webhooks/contract'
import { plainArray, textArray, timestampArray } from '../database/array-parameters.ts'
import { requireThat } from '../database/conflict.ts'
import type { Transaction } from '../database/database.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import { readAlert, type StoredAlert } from './alert.ts'
import type { ItemCall } from './apply-calls.ts'
import type { Item, KnownItem } from './item.ts'
import { alertKey } from './item-set.ts'
import type { Workflow } from './workflow.ts'

type WorkflowRow = {
  workflow_id: string
  profile_id: string
  name: string
  states: string[]
  initial_state: string
  resolved_state: string
  preview_images: boolean
  configuration_version: number
}

/** A workflow as it was read, and the version of its row: the transaction that last changed it. */
export type RememberedWorkflow = { workflow: Workflow; rowVersion: string }

const LOCK_WORKFLOWS = `
  SELECT workflow_id, profile_id, name, states, initial_state, resolved_state, preview_images, configuration_version,
         xmin::text AS row_version
  FROM workflow WHERE workflow_id = ANY ($1::text[]) ORDER BY workflow_id`

type LockedRow = WorkflowRow & { row_version: string }

/** Shared: calls for one workflow run at once on many nodes, but a change of its configuration waits for them. */
const lockWorkflowsStatement = statement<LockedRow>('lock-workflows', `${LOCK_WORKFLOWS} FOR SHARE`)

const lockWorkflowsAloneStatement = statement<LockedRow>(
  'lock-workflows-alone',
  `${LOCK_WORKFLOWS} FOR NO KEY UPDATE`,
)

/**
 * Locks the workflows that calls name against changes of their configuration, and reads them; `isAlone`: also against
 * all other calls for them.
 */
export async function lockWorkflows(
  transaction: Transaction,
  calls: ItemCall[],
  isAlone: boolean,
): Promise<RememberedWorkflow[]> {
  const ids = [...new Set(calls.map((call) => call.workflowId))]
  const lock = isAlone ? lockWorkflowsAloneStatement : lockWorkflowsStatement
  const rows = await transaction.run(lock, [textArray(ids)])
  return rows.map((row) => ({ workflow: toWorkflow(row), rowVersion: row.row_version }))
}

const lockUnchangedStatement = statement(
  'lock-unchanged-workflows',
  `WITH held AS MATERIALIZED (
     SELECT FROM unnest($1::text[], $2::text[]) AS known (workflow_id, row_version)
     JOIN workflow ON workflow.workflow_id = known.workflow_id AND workflow.xmin::text = known.row_version
     ORDER BY workflow.workflow_id FOR SHARE OF workflow
   )
   ${requireThat('count(*) = cardinality($1::text[])')} FROM held`,
)

/** Locks workflows likewise; fails (`isRequirementUnmet`) if one is not as it is remembered. */
export async function lockUnchangedWorkflows(
  transaction: StatementRunner,
  remembered: RememberedWorkflow[],
): Promise<void> {
  await transaction.run(lockUnchangedStatement, [
    textArray(remembered.map(({ workflow }) => workflow.workflowId)),
    textArray(remembered.map(({ rowVersion }) => rowVersion)),
  ])
}

/** A row of the workflow table in the words of the code. */
export function toWorkflow(row: WorkflowRow): Workflow {
  return {
    workflowId: row.workflow_id,
    profileId: row.profile_id,
    name: row.name,
    states: row.states,
    initialState: row.initial_state,
    resolvedState: row.resolved_state,
    previewImages: row.preview_images,
    configurationVersion: row.configuration_version,
  }
}

type ItemRow = {
  item_id: string
  workflow_id: string
  alert_id: string
  state: string
  sequence: number
  created_event_id: string
  latest_event_id: string
}

/** In the order of their ids, on every node: two groups that share items wait for each other, and never deadlock. */
const lockItemsStatement = statement<ItemRow>(
  'lock-items',
  `SELECT item.item_id, item.workflow_id, item.alert_id, item.state, item.sequence, item.created_event_id,
          item.latest_event_id
   FROM (
     SELECT unnest($1::text[]) AS item_id
     UNION
     SELECT by_alert.item_id FROM unnest($2::text[], $3::text[]) AS named (workflow_id, alert_id)
     JOIN item AS by_alert
       ON by_alert.workflow_id = named.workflow_id AND by_alert.alert_id = named.alert_id
   ) AS wanted
   JOIN item ON item.item_id = wanted.item_id
   ORDER BY item.item_id FOR UPDATE OF item`,
)

/** Apart from the lock: a row that was waited for comes back as it is now, but what was joined to it would not. */
const readLatestEventsStatement = statement<
  { event_id: string; occurred_at: Date; alert: string | null } & Pick<StoredAlert, 'preview_image'>
>(
  'read-latest-events',
  `SELECT event_id, occurred_at, CASE WHEN is_moved THEN alert END AS alert, preview_image
   FROM unnest($1::text[], $2::boolean[]) AS named (id, is_moved) JOIN event ON event_id = named.id`,
)

/** Locks the items that calls name, and reads them, with the alerts of those that are to be moved. */
export async function lockItems(transaction: Transaction, calls: ItemCall[]): Promise<KnownItem[]> {
  const ids: string[] = []
  const workflowIds: string[] = []
  const alertIds: string[] = []
  const moved = new Set<string>()
  for (const call of calls) {
    for (const entry of call.entries) {
      const itemId = 'itemId' in entry ? entry.itemId : undefined
      const alertId = 'alertId' in entry ? entry.alertId! : (entry.alert as Alert | undefined)?.alertId
      if (itemId !== undefined) ids.push(itemId)
      else {
        workflowIds.push(call.workflowId)
        alertIds.push(alertId!)
      }
      if (call.kind === 'move') moved.add(itemId ?? alertKey(call.workflowId, alertId!))
    }
  }
  const rows = await transaction.run(lockItemsStatement, [
    textArray(ids),
    textArray(workflowIds),
    textArray(alertIds),
  ])
  if (rows.length === 0) return []

  const isMoved = rows.map(
    (row) => moved.has(row.item_id) || moved.has(alertKey(row.workflow_id, row.alert_id)),
  )
  const events = await transaction.run(readLatestEventsStatement, [
    textArray(rows.map((row) => row.latest_event_id)),
    plainArray(isMoved),
  ])
  const eventsById = new Map(events.map((event) => [event.event_id, event]))
  return rows.map((row) => {
    const event = eventsById.get(row.latest_event_id)!
    return {
      itemId: row.item_id,
      workflowId: row.workflow_id,
      alertId: row.alert_id,
      state: row.state,
      sequence: row.sequence,
      createdEventId: row.created_event_id,
      latestEventId: row.latest_event_id,
      occurredAt: event.occurred_at.getTime(),
      ...(event.alert !== null && { alert: readAlert({ ...event, alert: event.alert }) }),
    }
  })
}

const insertItemsStatement = statement(
  'insert-items',
  `INSERT INTO item (item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id,
                     created_at, updated_at)
   SELECT item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id, changed_at, changed_at
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[],
               $8::timestamptz[])
     AS new (item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id, changed_at)`,
)

const updateItemsStatement = statement(
  'update-items',
  `UPDATE item SET state = moved.state, sequence = moved.sequence, latest_event_id = moved.latest_event_id,
                   updated_at = moved.changed_at
   FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::timestamptz[])
     AS moved (item_id, state, sequence, latest_event_id, changed_at)
   WHERE item.item_id = moved.item_id`,
)

/** Writes the items that were created or moved; they are locked, or new. */
export async function writeItems(
  transaction: StatementRunner,
  items: { item: Item; isNew: boolean; changedAt: number }[],
): Promise<void> {
  const created = items.filter(({ isNew }) => isNew)
  const moved = items.filter(({ isNew }) => !isNew)
  await Promise.all([
    created.length > 0 &&
      transaction.run(insertItemsStatement, [
        textArray(created.map(({ item }) => item.itemId)),
        textArray(created.map(({ item }) => item.workflowId)),
        textArray(created.map(({ item }) => item.alertId)),
        textArray(created.map(({ item }) => item.state)),
        plainArray(created.map(({ item }) => item.sequence)),
        textArray(created.map(({ item }) => item.createdEventId)),
        textArray(created.map(({ item }) => item.latestEventId)),
        timestampArray(created.map(({ changedAt }) => changedAt)),
      ]),
    moved.length > 0 &&
      transaction.run(updateItemsStatement, [
        textArray(moved.map(({ item }) => item.itemId)),
        textArray(moved.map(({ item }) => item.state)),
        plainArray(moved.map(({ item }) => item.sequence)),
        textArray(moved.map(({ item }) => item.latestEventId)),
        timestampArray(moved.map(({ changedAt }) => changedAt)),
      ]),
  ])
}
