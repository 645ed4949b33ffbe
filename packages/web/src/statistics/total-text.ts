import type { Schema } from '../api/client.ts'

type Totals = Pick<
  Schema<'Statistics'>['totals'],
  'succeeded' | 'failed' | 'canceled' | 'attempts' | 'replays'
>

/** All deliveries that have ended: `1,195 deliveries, 18 of them replays, and 1,260 attempts`. */
export function totalText({ succeeded, failed, canceled, attempts, replays = 0 }: Totals): string {
  const ended = counted(succeeded + failed + canceled, 'delivery', 'deliveries')
  const ofReplays = replays === 0 ? '' : `, ${counted(replays, 'of them a replay', 'of them replays')}`
  return `${ended}${ofReplays}; ${counted(attempts, 'attempt', 'attempts')}`
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** Whether there is nothing that charts could show. */
export function isNothing({ succeeded, failed, canceled, attempts }: Totals): boolean {
  return succeeded + failed + canceled + attempts === 0
}
