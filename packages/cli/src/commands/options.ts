import { InvalidArgumentError, Option } from 'commander'
import { type Api, createApi } from '../connection/api.ts'
import { findConnection } from '../connection/connection.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../exit.ts'
import { parseInstant } from '../time.ts'

export const jsonOption = (): Option => new Option('--json', 'one JSON object a line, and nothing else')

export const workflowOption = (): Option => new Option('--workflow <id>', 'the workflow, wfl_…')

export const webhookOption = (): Option => new Option('--webhook <id>', 'the webhook, whk_…')

/** An instant, or how long ago it was. */
export function timeOption(flags: string, description: string, nowMs: number): Option {
  return new Option(flags, `${description}: RFC 3339, or how long ago, such as 2h`).argParser((text) => {
    const instant = parseInstant(text, nowMs)
    if (instant === undefined)
      throw new InvalidArgumentError(
        'Give RFC 3339 with its offset (2026-11-23T21:00:00Z), or how long ago: 30m, 2h, 7d.',
      )
    return instant
  })
}

/** A whole number, both bounds included. */
export function numberParser(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`)
  }
}

/** The service that the user means. @throws UsageError where it is not known. */
export async function connect({ env, signal }: Context): Promise<Api> {
  return createApi(await findConnection(env), signal)
}

/**
 * Makes sure that an option was given. Commander would do so before it looks for unknown ones, and who has mistyped
 * `--workflow` would be told that it is missing.
 *
 * @throws UsageError
 */
export function need(value: string | undefined, option: string, example: string): string {
  if (value !== undefined) return value
  throw new UsageError(`${option} is missing: give it, such as ${option} ${example}`)
}
