/** A sentence as a part of a longer one: the API's errors end with a stop. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
