/** A delivery in the queue of which no attempt is in flight, as the owner of its lane knows it. */
export type Queued = {
  webhookId: string
  /** Its place in the queue; for one item it grows with `sequence`. */
  position: number
  deliveryId: string
  eventId: string
  itemId: string
  /** None where it must be read from the database first. */
  body: Buffer | null
  /** Attempts that used up a retry. */
  failures: number
  /** Live deliveries of its item do not wait for it. */
  isReplay: boolean
  isTest: boolean
  /** Whether an attempt was made before. */
  isRetry: boolean
}
