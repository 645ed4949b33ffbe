/**
 * Lets so many pieces of work run at once, and so many wait their turn; what is beyond gets what `refuse` throws. For
 * work that is dear and that strangers can ask for.
 */
export function createTurnstile(options: {
  atOnce: number
  waiting: number
  refuse: () => Error
}): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running >= options.atOnce) {
      if (queue.length >= options.waiting) throw options.refuse()
      // Whoever leaves hands the place over, so that nobody slips in between.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}
