import type { Alert } from '@workflow-webhooks/contract'
import { type Clock, systemClock } from '../../src/base/clock.ts'
import type { Database } from '../../src/database/database.ts'
import { createPipeline, type Pipeline } from '../../src/pipeline.ts'
import type { FileResult, ItemResult } from '../../src/workflow/apply-calls.ts'
import { noLanes } from './no-lanes.ts'

type Place = { workflowId: string }

/** A pipeline whose deliveries are recorded, and sent by nobody. */
export function createQuietPipeline(
  database: Database,
  {
    clock = systemClock,
    itemUrl = () => 'https://app.example',
  }: { clock?: Clock; itemUrl?: (workflowId: string, itemId: string) => string } = {},
): Pipeline {
  return createPipeline({ database, clock, itemUrl, lanes: noLanes })
}

/** Files alerts in one call, in `state` if given. */
export async function fileAlerts(
  pipeline: Pipeline,
  { workflowId }: Place,
  alerts: Alert[],
  state?: string,
): Promise<FileResult[]> {
  const entries = alerts.map((alert) => ({ alert, state, path: '' }))
  const results = await pipeline({ kind: 'file', workflowId, profileId: null, entries })
  return results as FileResult[]
}

/** Moves the item of an alert. */
export function moveAlert(
  pipeline: Pipeline,
  { workflowId }: Place,
  alertId: string,
  state: string,
): Promise<ItemResult[]> {
  return pipeline({ kind: 'move', workflowId, profileId: null, entries: [{ alertId, state, path: '' }] })
}
