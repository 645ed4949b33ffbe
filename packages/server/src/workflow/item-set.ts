import type { Item, KnownItem } from './item.ts'

/** Items in memory, found by id or by alert; the changes since `begin` can be undone as a whole. */
export class ItemSet {
  private readonly items = new Map<string, KnownItem>()
  private readonly idsByAlert = new Map<string, string>()
  private readonly stored = new Set<string>()
  private readonly touched = new Set<string>()
  private undo: (() => void)[] = []

  constructor(items: Iterable<KnownItem>) {
    for (const item of items) {
      this.items.set(item.itemId, item)
      this.idsByAlert.set(alertKey(item.workflowId, item.alertId), item.itemId)
      this.stored.add(item.itemId)
    }
  }

  byId(itemId: string): KnownItem | undefined {
    return this.items.get(itemId)
  }

  byAlert(workflowId: string, alertId: string): KnownItem | undefined {
    const itemId = this.idsByAlert.get(alertKey(workflowId, alertId))
    return itemId === undefined ? undefined : this.items.get(itemId)
  }

  set(item: KnownItem): void {
    const before = this.items.get(item.itemId)
    const wasTouched = this.touched.has(item.itemId)
    this.undo.push(() => {
      if (before) this.items.set(item.itemId, before)
      else {
        this.items.delete(item.itemId)
        this.idsByAlert.delete(alertKey(item.workflowId, item.alertId))
      }
      if (!wasTouched) this.touched.delete(item.itemId)
    })
    this.items.set(item.itemId, item)
    this.idsByAlert.set(alertKey(item.workflowId, item.alertId), item.itemId)
    this.touched.add(item.itemId)
  }

  begin(): void {
    this.undo = []
  }

  rollback(): void {
    for (const step of this.undo.reverse()) step()
    this.undo = []
  }

  /** The last state of each item that changed, and whether the ledger lacks it. */
  changed(): { item: Item; isNew: boolean; changedAt: number }[] {
    return [...this.touched].map((itemId) => {
      const item = this.items.get(itemId)!
      return { item, isNew: !this.stored.has(itemId), changedAt: item.occurredAt }
    })
  }
}

/** Names an item by its alert; neither id has a space in it. */
export function alertKey(workflowId: string, alertId: string): string {
  return `${workflowId} ${alertId}`
}
