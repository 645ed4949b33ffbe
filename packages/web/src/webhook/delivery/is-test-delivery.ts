/** Whether a delivery is of a sample event: its ids begin with `test_`, and its item does not exist. */
export function isTestDelivery({ eventId }: { eventId: string }): boolean {
  return eventId.startsWith('test_')
}
