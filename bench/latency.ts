import { PLATFORM_COUNT } from './alerts.ts'
import type { Environment } from './environment.ts'
import type { BenchService } from './service.ts'

/**
 * Offers events one a call at an even pace.
 *
 * @param options.platform all events are for this destination; each in turn unless given.
 * @param options.exceptPlatform this destination's events are neither waited for nor in the result.
 * @returns for each event, from just before the call that files it to its arrival, milliseconds.
 * @throws Error if one is missing, or came twice.
 */
export async function measureLatencies(
  { receiver, load }: Environment,
  service: BenchService,
  options: { perSecond: number; durationMs: number; platform?: number; exceptPlatform?: number },
): Promise<number[]> {
  const { perSecond, durationMs, platform, exceptPlatform } = options
  const range = service.nextAlerts(Math.ceil((perSecond * durationMs) / 1_000), platform)
  await receiver.call('expect', { ...range, ...(exceptPlatform !== undefined && { exceptPlatform }) })
  const [filedAt, { arrivedAt }] = await Promise.all([
    load.call('filePaced', { target: service.target, range, perSecond }),
    receiver.call('arrived'),
  ])
  await receiver.call('requireNoFaults')
  return Array.from(arrivedAt, (at, place) => at - filedAt[place]!).filter(
    (_, place) => (range.first + place) % PLATFORM_COUNT !== exceptPlatform,
  )
}
