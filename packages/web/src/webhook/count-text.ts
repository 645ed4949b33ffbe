/** The API counts no further. */
const MAX_COUNT = 10_000

/** A count with its noun: `1 pending delivery`, `12 pending deliveries`, `10,000 or more pending deliveries`. */
export function countText(count: number, one: string, many: string): string {
  if (count === 1) return `1 ${one}`
  const number = count.toLocaleString('en')
  return `${number}${count >= MAX_COUNT ? ' or more' : ''} ${many}`
}
