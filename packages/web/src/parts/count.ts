import { MAX_COUNTED } from '@workflow-webhooks/contract'

/** How many there are; `isMore`: there are more, or may be, since counting stopped there. */
export type Count = { count: number; isMore: boolean }

/** `1,204`; `10,000+` where counting stopped. A number alone was counted up to `MAX_COUNTED`. */
export function formatCount(counted: number | Count): string {
  const { count, isMore } = toCount(counted)
  return `${count.toLocaleString('en')}${isMore ? '+' : ''}`
}

/** A count with its noun: `1 pending delivery`, `12 pending deliveries`, `10,000+ pending deliveries`. */
export function countText(counted: number | Count, one: string, many: string): string {
  return `${formatCount(counted)} ${toCount(counted).count === 1 ? one : many}`
}

/** All of them together, which are more where one of them is. */
export function sumOf(counts: readonly Count[]): Count {
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    isMore: counts.some(({ isMore }) => isMore),
  }
}

function toCount(counted: number | Count): Count {
  return typeof counted === 'number' ? { count: counted, isMore: counted >= MAX_COUNTED } : counted
}
