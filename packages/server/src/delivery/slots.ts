/** One attempt's place among those that a node makes at once. */
export type Slot = { isSlow: boolean }

/**
 * The attempts that a node makes at once, over all of its lanes. Slow lanes (and those that have not proven to be
 * fast) together never hold more than half, so that hanging destinations cannot starve the others.
 */
export class Slots {
  private readonly total: number
  private used = 0
  private usedBySlow = 0
  private readonly waiting = new Set<() => void>()

  constructor(total: number) {
    this.total = total
  }

  /** Reserves up to `wanted` slots. Where there are fewer, `onFree` is called once when that changes. */
  reserve(wanted: number, isSlow: boolean, onFree: () => void): Slot[] {
    const free = this.total - this.used
    const allowed = isSlow ? Math.min(free, Math.floor(this.total / 2) - this.usedBySlow) : free
    const granted = Math.max(0, Math.min(wanted, allowed))
    this.used += granted
    if (isSlow) this.usedBySlow += granted
    if (granted < wanted) this.waiting.add(onFree)
    return Array.from({ length: granted }, () => ({ isSlow }))
  }

  release(slots: Slot[]): void {
    if (slots.length === 0) return
    this.used -= slots.length
    this.usedBySlow -= slots.filter(({ isSlow }) => isSlow).length
    const waiting = [...this.waiting]
    this.waiting.clear()
    for (const onFree of waiting) onFree()
  }
}
