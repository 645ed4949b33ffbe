import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { alertIdOf, makeAlert } from './alerts.ts'
import { wallClockMs } from './wall-clock.ts'

/** Where to file. */
export type FilingTarget = { url: string; apiKey: string; workflowId: string }

/** Which alerts: `count` of them, from the index `first` on. */
export type AlertRange = {
  first: number
  count: number
  /** All of one platform; each in turn unless given. */
  platform?: number
}

/** How alerts are put into calls. */
export type FilingManner = {
  /** Alerts a call; 1 files them without a batch. */
  batchSize: number
  callsInFlight: number
}

/** When filing began, and when its last call was answered, by the wall clock. */
export type Filed = { startedAt: number; endedAt: number }

/**
 * Files alerts as fast as the service answers. The calls are written before the clock starts.
 *
 * @throws Error for any answer but 201.
 */
export async function file(options: {
  target: FilingTarget
  range: AlertRange
  manner: FilingManner
}): Promise<Filed> {
  const { target, range, manner } = options
  const bodies = writeBodies(range, manner.batchSize)
  return callAll({ target, path: 'items', bodies, callsInFlight: manner.callsInFlight, expectedStatus: 201 })
}

/** Moves alerts that were filed, in batches of 100, to a state. @throws Error for any answer but 200. */
export async function move(options: {
  target: FilingTarget
  range: AlertRange
  state: string
}): Promise<Filed> {
  const { target, range, state } = options
  const transitions = indexesOf(range).map((index) => ({ alertId: alertIdOf(index), state }))
  const bodies = inGroups(transitions, 100).map((group) => JSON.stringify({ transitions: group }))
  return callAll({ target, path: 'transitions', bodies, callsInFlight: 4, expectedStatus: 200 })
}

/**
 * Files alerts one a call at an even pace, however long the answers take.
 *
 * @returns when each call began, just before it, by the wall clock.
 */
export async function filePaced(options: {
  target: FilingTarget
  range: AlertRange
  perSecond: number
}): Promise<Float64Array> {
  const { target, range, perSecond } = options
  const bodies = writeBodies(range, 1)
  const filedAt = new Float64Array(bodies.length)
  const caller = openCaller(target, 'items', 32)
  const startedAt = performance.now()
  const answers: Promise<void>[] = []
  for (const [place, body] of bodies.entries()) {
    const waitMs = startedAt + (place * 1_000) / perSecond - performance.now()
    if (waitMs > 0) await pause(waitMs)
    filedAt[place] = wallClockMs()
    const answer = caller.post(body, 201)
    answer.catch(() => {}) // seen below, where all are awaited
    answers.push(answer)
  }
  await Promise.all(answers).finally(() => caller.close())
  return filedAt
}

async function callAll(options: {
  target: FilingTarget
  path: string
  bodies: string[]
  callsInFlight: number
  expectedStatus: number
}): Promise<Filed> {
  const { target, path, bodies, callsInFlight, expectedStatus } = options
  const caller = openCaller(target, path, callsInFlight)
  let next = 0
  const callUntilEnd = async () => {
    while (next < bodies.length) await caller.post(bodies[next++]!, expectedStatus)
  }
  const startedAt = wallClockMs()
  await Promise.all(Array.from({ length: callsInFlight }, callUntilEnd)).finally(() => caller.close())
  return { startedAt, endedAt: wallClockMs() }
}

function openCaller({ url, apiKey, workflowId }: FilingTarget, path: string, connections: number) {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  return {
    async post(body: string, expectedStatus: number): Promise<void> {
      const response = await pool.request({
        method: 'POST',
        path: `/api/v1/workflows/${workflowId}/${path}`,
        headers,
        body,
      })
      if (response.statusCode === expectedStatus) return response.body.dump({ limit: Infinity })
      throw new Error(`${path} answered ${response.statusCode}: ${await response.body.text()}`)
    },
    close: () => pool.destroy(),
  }
}

function writeBodies(range: AlertRange, batchSize: number): string[] {
  const items = indexesOf(range).map((index) => ({ alert: makeAlert(index, range.platform) }))
  if (batchSize === 1) return items.map((item) => JSON.stringify(item))
  return inGroups(items, batchSize).map((group) => JSON.stringify({ items: group }))
}

const indexesOf = ({ first, count }: AlertRange) => Array.from({ length: count }, (_, place) => first + place)

function inGroups<T>(values: T[], size: number): T[][] {
  const groups: T[][] = []
  for (let place = 0; place < values.length; place += size) groups.push(values.slice(place, place + size))
  return groups
}
