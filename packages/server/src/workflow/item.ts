import type { Alert } from '@workflow-webhooks/contract'

/** One alert in one workflow. */
export type Item = {
  itemId: string
  workflowId: string
  alertId: string
  state: string
  /** Counts the item's changes from 1. */
  sequence: number
  createdEventId: string
  latestEventId: string
}

/** One change of one item: it was created, or moved from `previousState`. Becomes the event `eventId`. */
export type Change = {
  eventId: string
  /** The item as it is after the change. */
  item: Item
  previousState?: string
  /** The alert as it is after the change. */
  alert: Alert
  /** Milliseconds since the epoch; never runs backwards along the item's `sequence`. */
  occurredAt: number
}

/** An item with what a move of it needs. The alert is there where a call moves the item. */
export type KnownItem = Item & {
  /** Of the latest event, milliseconds since the epoch. */
  occurredAt: number
  alert?: Alert
}
