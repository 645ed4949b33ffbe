import { MAX_NAME_CHARACTERS, MAX_STATES } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'

/** What the settings' form holds. */
export type Settings = {
  /** Empty where the workflow has none. */
  name: string
  states: string[]
  initialState: string
  resolvedState: string
  previewImages: boolean
}

export function settingsOf(workflow: Schema<'Workflow'>): Settings {
  const { name = '', states, initialState, resolvedState, previewImages } = workflow
  return { name, states, initialState, resolvedState, previewImages }
}

/** Only what was changed, so that what somebody else changed meanwhile stays as they have it. */
export function changesOf(before: Settings, after: Settings): Schema<'EditWorkflow'> {
  const fields = Object.keys(after) as (keyof Settings)[]
  const isChanged = (field: keyof Settings) => JSON.stringify(before[field]) !== JSON.stringify(after[field])
  return Object.fromEntries(fields.filter(isChanged).map((field) => [field, after[field]]))
}

/** What is wrong with a state that is to be added, as its remedy; null where nothing is. */
export function newStateProblem(name: string, states: readonly string[]): string | null {
  if (name === '') return 'Give the state a name.'
  if (states.includes(name)) return `There is a state “${name}” already.`
  if ([...name].length > MAX_NAME_CHARACTERS)
    return `The name must be at most ${MAX_NAME_CHARACTERS} characters.`
  if (states.length >= MAX_STATES) return `A workflow has at most ${MAX_STATES} states.`
  return null
}

/** The list with the entry at `index` moved up (-1) or down (1); as it is where that is beyond its ends. */
export function moved<Entry>(entries: readonly Entry[], index: number, by: -1 | 1): Entry[] {
  const result = [...entries]
  const other = index + by
  if (other < 0 || other >= result.length) return result
  ;[result[index], result[other]] = [result[other]!, result[index]!]
  return result
}
