/** What of a webhook the code for its receiver is filled in with. */
export type ReceiverFacts = {
  /** Where it sends to: an https URL. */
  url: string
  topics: readonly string[]
  /** The body of a sample, as it would be sent. */
  sampleBody: string
}

/** The environment variable that holds the secret: it stands in no code. */
export const SECRET_VARIABLE = 'WEBHOOK_SECRET'

/** The path of the URL, as it stands in the request line; in printable ASCII only. */
export function pathOf({ url }: ReceiverFacts): string {
  return new URL(url).pathname
}

/** A text as a literal; printable ASCII in double quotes is written alike in JavaScript, Python and Go. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** The end of a topic's name: `created`. */
export function topicWord(topic: string): string {
  return topic.slice('workflow.item.'.length)
}
