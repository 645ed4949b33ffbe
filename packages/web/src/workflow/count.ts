/** How many there are, counted up to some number; `isMore`: there are more than that. */
export type Count = { count: number; isMore: boolean }

/** `1,204`; `10,000+` where counting stopped. */
export function formatCount({ count, isMore }: Count): string {
  return `${count.toLocaleString('en')}${isMore ? '+' : ''}`
}

/** All of them together, which are more where one of them is. */
export function sumOf(counts: readonly Count[]): Count {
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    isMore: counts.some(({ isMore }) => isMore),
  }
}
