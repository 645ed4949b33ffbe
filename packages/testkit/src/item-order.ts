/** How far the deliveries of one item to one webhook have come. */
export interface ItemOrder {
  lastBegun: number
  lastSucceeded: number
}

export function makeItemOrder(): ItemOrder {
  return { lastBegun: 0, lastSucceeded: 0 }
}

/**
 * Records that a request begins, and checks the order rule: the deliveries of one item begin in the order of
 * their `sequence`; one event may come again (delivery is at least once) until a later one of its item has
 * been answered 2xx.
 *
 * @returns how it breaks the rule, or `undefined`.
 */
export function begin(order: ItemOrder, sequence: number, isRepeat: boolean): string | undefined {
  const isInOrder = isRepeat ? sequence >= order.lastSucceeded : sequence > order.lastBegun
  const violation = `sequence ${sequence} began ${isRepeat ? 'again ' : ''}after ${order.lastBegun} had begun and ${order.lastSucceeded} had succeeded`
  order.lastBegun = Math.max(order.lastBegun, sequence)
  return isInOrder ? undefined : violation
}

/** Records that a request is being answered 2xx. */
export function succeed(order: ItemOrder, sequence: number): void {
  order.lastSucceeded = Math.max(order.lastSucceeded, sequence)
}
