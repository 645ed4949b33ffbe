import { stripVTControlCharacters } from 'node:util'
import type { Topic } from '@workflow-webhooks/contract'

/** A number as people read it: `1,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** A number with its noun: `1 event`, `2 events`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`
}

/** So much of a text is read for each character that is wanted: some of it may be what is not shown. */
const READ_PER_CHARACTER = 4

/** Text from outside on one line, without what could change what a terminal shows, and cut where it is long. */
export function toOneLine(text: string, maxCharacters = 80): string {
  // Before anything else: to strip a text can take time by the square of its length.
  const read = text.slice(0, maxCharacters * READ_PER_CHARACTER)
  const visible = stripVTControlCharacters(read)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ')
    .trim()
  const characters = [...visible]
  if (read.length === text.length && characters.length <= maxCharacters) return visible
  const begun = characters.slice(0, maxCharacters - 1).join('')
  return `${begun.trimEnd()}…`
}

/** A sentence as a part of a longer line. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

/** Topics without what all of them begin with: `state.changed, resolved`. */
export function shortTopics(topics: readonly Topic[]): string {
  return topics.map((topic) => topic.replace('workflow.item.', '')).join(', ')
}

/** A change of state: `New → Resolved`, or the state in which an item was created. */
export function stateChange({
  previousState,
  newState,
}: {
  previousState?: string | undefined
  newState: string
}): string {
  return [previousState, newState]
    .filter((state) => state !== undefined)
    .map((state) => toOneLine(state))
    .join(' → ')
}

/** The time of day here; with the date where that is not today's. */
export function formatTime(at: Date, now: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  if (at.toDateString() === now.toDateString()) return time
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`
}
