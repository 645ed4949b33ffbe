import type { FieldError, Filter } from '@workflow-webhooks/contract'
import { AppError } from '../base/errors.ts'

const STATE_FIELDS = ['newState', 'previousState'] as const

/** Checks that the states in a filter are states of the workflow. @throws AppError validation_failed naming each */
export function requireFilterStates(filter: Filter | null | undefined, states: string[]): void {
  const errors: FieldError[] = STATE_FIELDS.flatMap((field) =>
    (filter?.[field] ?? []).flatMap((state, index) =>
      states.includes(state)
        ? []
        : [{ field: `filters.${field}[${index}]`, message: 'must be a state of the workflow' }],
    ),
  )
  if (errors.length > 0)
    throw new AppError('validation_failed', 'The filters name states that the workflow does not have.', {
      fields: errors,
    })
}

/** The states that a filter names, each once. */
export function filterStates(filter: Filter | null): string[] {
  return [...new Set(STATE_FIELDS.flatMap((field) => filter?.[field] ?? []))]
}
