import type { Alert, AlertChanges } from '@workflow-webhooks/contract'
import { AppError, invalidField, notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { changeAlert, completeAlert } from './alert.ts'
import type { Change, KnownItem } from './item.ts'
import { ItemSet } from './item-set.ts'
import type { Workflow } from './workflow.ts'

/** Files alerts into a workflow, all or none. `path` is where an entry stands in the caller's body, for errors. */
export type FileCall = {
  kind: 'file'
  workflowId: string
  /** Whose workflow it must be; null: anybody's. */
  profileId: string | null
  entries: { alert: Alert; state?: string | undefined; path: string }[]
}

/** Moves items of a workflow, in the order given, all or none. */
export type MoveCall = {
  kind: 'move'
  workflowId: string
  /** Whose workflow it must be; null: anybody's. */
  profileId: string | null
  entries: {
    itemId?: string | undefined
    alertId?: string | undefined
    state: string
    expectedState?: string | undefined
    alert?: AlertChanges | undefined
    path: string
  }[]
}

export type ItemCall = FileCall | MoveCall

export type FileResult = {
  itemId: string
  alertId: string
  state: string
  sequence: number
  eventId: string
  created: boolean
}
export type MoveResult = {
  itemId: string
  state: string
  sequence: number
  changed: boolean
  eventId?: string
}
export type ItemResult = FileResult | MoveResult

/** What the ledger holds of the workflows and items that a group of calls names, locked until it commits. */
export type Known = { workflows: Map<string, Workflow>; items: Iterable<KnownItem> }

/** What a group of calls comes to: for each call its results or its error, and all changes in order. */
export type Applied = {
  outcomes: (ItemResult[] | AppError)[]
  changes: Change[]
  /** The last state of each item that changed, and whether the ledger lacks it. */
  items: ReturnType<ItemSet['changed']>
}

/**
 * Applies calls one after the other, in memory. A call that fails changes nothing and does not disturb the others;
 * an item may occur several times, in one call or in many.
 *
 * @param context.now milliseconds since the epoch
 * @param context.itemUrl where an item's page is
 */
export function applyCalls(
  calls: ItemCall[],
  known: Known,
  context: { now: number; itemUrl: (workflowId: string, itemId: string) => string },
): Applied {
  const items = new ItemSet(known.items)
  const outcomes: Applied['outcomes'] = []
  const changes: Change[] = []
  for (const call of calls) {
    items.begin()
    const changesBefore = changes.length
    try {
      const workflow = known.workflows.get(call.workflowId)
      if (!workflow || (call.profileId !== null && call.profileId !== workflow.profileId))
        throw notFound('workflow')
      outcomes.push(
        call.kind === 'file'
          ? call.entries.map((entry) => file(entry, workflow))
          : call.entries.map((entry) => move(entry, workflow)),
      )
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      outcomes.push(error)
      items.rollback()
      changes.length = changesBefore
    }
  }
  return { outcomes, changes, items: items.changed() }

  function file({ alert, state, path }: FileCall['entries'][number], workflow: Workflow): FileResult {
    const present = items.byAlert(workflow.workflowId, alert.alertId)
    if (present)
      return {
        itemId: present.itemId,
        alertId: present.alertId,
        state: present.state,
        sequence: present.sequence,
        eventId: present.createdEventId,
        created: false,
      }
    const itemId = newId('itm', context.now)
    const eventId = newId('evt', context.now)
    const item: KnownItem = {
      itemId,
      workflowId: workflow.workflowId,
      alertId: alert.alertId,
      state: stateOf(workflow, state ?? workflow.initialState, path),
      sequence: 1,
      createdEventId: eventId,
      latestEventId: eventId,
      occurredAt: context.now,
      alert: completeAlert(alert, context.itemUrl(workflow.workflowId, itemId)),
    }
    record(item)
    return { itemId, alertId: item.alertId, state: item.state, sequence: 1, eventId, created: true }
  }

  function move(entry: MoveCall['entries'][number], workflow: Workflow): MoveResult {
    const before = findItem(entry, workflow)
    const state = stateOf(workflow, entry.state, entry.path)
    if (entry.expectedState !== undefined && entry.expectedState !== before.state)
      throw new AppError(
        'state_conflict',
        `The item is in state “${before.state}”, not “${entry.expectedState}”.`,
      )
    if (state === before.state)
      return { itemId: before.itemId, state, sequence: before.sequence, changed: false }

    const eventId = newId('evt', context.now)
    const itemUrl = context.itemUrl(workflow.workflowId, before.itemId)
    const alert = entry.alert ? changeAlert(before.alert!, entry.alert, itemUrl) : before.alert!
    const item: KnownItem = {
      ...before,
      state,
      sequence: before.sequence + 1,
      latestEventId: eventId,
      occurredAt: Math.max(context.now, before.occurredAt),
      alert,
    }
    record(item, before.state)
    return { itemId: item.itemId, state, sequence: item.sequence, changed: true, eventId }
  }

  function record(item: KnownItem, previousState?: string): void {
    items.set(item)
    changes.push({
      eventId: item.latestEventId,
      item,
      ...(previousState !== undefined && { previousState }),
      alert: item.alert!,
      occurredAt: item.occurredAt,
    })
  }

  function findItem({ itemId, alertId, path }: MoveCall['entries'][number], workflow: Workflow): KnownItem {
    const item = itemId !== undefined ? items.byId(itemId) : items.byAlert(workflow.workflowId, alertId!)
    if (item && item.workflowId === workflow.workflowId) return item
    if (path === '') throw notFound('item')
    const field = `${path}${itemId !== undefined ? 'itemId' : 'alertId'}`
    throw new AppError('not_found', 'There is no such item in this workflow.', {
      fields: [{ field, message: 'names no item of this workflow' }],
    })
  }
}

function stateOf(workflow: Workflow, state: string, path: string): string {
  if (workflow.states.includes(state)) return state
  throw invalidField(`${path}state`, `must be one of the workflow's states: ${workflow.states.join(', ')}`)
}
