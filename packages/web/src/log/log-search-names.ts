/** Apart, since it is loaded with the first page. The names of what stands in the URL of a log: its filters, and the delivery that is open. */
export const logSearchNames = [
  'status',
  'topic',
  'http',
  'q',
  'range',
  'from',
  'to',
  'eventId',
  'itemId',
  'alertId',
  'delivery',
] as const
