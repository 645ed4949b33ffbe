import type { Changed } from '../../src/base/changes.ts'
import { systemClock } from '../../src/base/clock.ts'
import { noTelemetry } from '../../src/base/telemetry.ts'
import type { Database } from '../../src/database/database.ts'
import { createLanes, type Lanes } from '../../src/delivery/lanes.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { createPostgresEngine } from '../../src/engines/postgres-engine.ts'
import { createPipeline, type Pipeline } from '../../src/pipeline.ts'
import type { ItemResult } from '../../src/workflow/apply-calls.ts'
import type { ScriptedAttempts } from './scripted-attempts.ts'
import { sampleAlert } from './seed.ts'

/** The service without HTTP on either side: calls go into the pipeline, attempts to a script. */
export type TestNode = {
  pipeline: Pipeline
  lanes: Lanes
  engine: Engine
  /** Files an alert for each id, in one call. */
  file(workflowId: string, ...alertIds: string[]): Promise<ItemResult[]>
  /** Moves the item of an alert through states, in one call. */
  move(workflowId: string, alertId: string, ...states: string[]): Promise<ItemResult[]>
  stop(): Promise<void>
}

export async function startNode(
  database: Database,
  attempts: ScriptedAttempts,
  {
    leaseMs = 30_000,
    timeoutMs = 15_000,
    graceMs = 0,
    pipelineDatabase = database,
    changed = (() => {}) as Changed,
    telemetry = noTelemetry,
  } = {},
): Promise<TestNode> {
  const errors: unknown[] = []
  const onError = (error: unknown): void => {
    errors.push(error)
  }
  const lanes = createLanes({
    database,
    clock: systemClock,
    leaseMs,
    timeoutMs,
    attempt: attempts.attempt,
    abortAttempts: () => attempts.abort(),
    changed,
    telemetry,
    onError,
  })
  const engine = createPostgresEngine({ database, lanes, listener: null, onError })
  const pipeline = createPipeline({
    database: pipelineDatabase,
    clock: systemClock,
    itemUrl: (workflowId, itemId) => `https://app.example/workflows/${workflowId}/items/${itemId}`,
    lanes: { claim: lanes.claim, offer: (queued) => engine.wake(lanes.offer(queued)) },
    changed,
    telemetry,
  })
  await engine.start()
  return {
    pipeline,
    lanes,
    engine,
    file: (workflowId, ...alertIds) =>
      pipeline({
        kind: 'file',
        workflowId,
        profileId: null,
        entries: alertIds.map((alertId) => ({ alert: sampleAlert(alertId), path: '' })),
      }),
    move: (workflowId, alertId, ...states) =>
      pipeline({
        kind: 'move',
        workflowId,
        profileId: null,
        entries: states.map((state) => ({ alertId, state, path: '' })),
      }),
    async stop() {
      await engine.stop()
      await lanes.stop(graceMs)
      if (errors.length > 0) throw new AggregateError(errors, 'background work failed')
    },
  }
}
