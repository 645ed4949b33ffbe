import type { Environment } from './environment.ts'
import { measureLatencies } from './latency.ts'
import type { Scale } from './scale.ts'
import { type DatabaseKind, databaseKinds, openService } from './service.ts'
import { filings, warmUp } from './stage.ts'
import { median, percentile } from './statistics.ts'
import { formatNumber } from './table.ts'

/** How soon an event arrives where there is little to do: from just before the call that files it. */
export type LightLoad = { database: DatabaseKind; p50Ms: number; p99Ms: number }

export const LIGHT_PER_SECOND = 50

/** Measures it on each database. */
export async function measureLightLoad(environment: Environment, scale: Scale): Promise<LightLoad[]> {
  const results: LightLoad[] = []
  for (const database of databaseKinds) results.push(await measureOn(database, environment, scale))
  return results
}

async function measureOn(database: DatabaseKind, environment: Environment, scale: Scale): Promise<LightLoad> {
  await using service = await openService(environment, database)
  await warmUp(environment, service, filings.single, scale)
  const p50s: number[] = []
  const p99s: number[] = []
  for (let repetition = 1; repetition <= scale.repetitions; repetition++) {
    const latenciesMs = await measureLatencies(environment, service, {
      perSecond: LIGHT_PER_SECOND,
      durationMs: scale.pacedMs,
    })
    p50s.push(percentile(latenciesMs, 50))
    p99s.push(percentile(latenciesMs, 99))
    environment.note(
      `light load, ${database}: p50 ${formatNumber(p50s.at(-1)!, 1)} ms, p99 ${formatNumber(p99s.at(-1)!, 1)} ms`,
    )
  }
  return { database, p50Ms: median(p50s), p99Ms: median(p99s) }
}
