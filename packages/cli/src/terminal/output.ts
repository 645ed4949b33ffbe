import { styleText } from 'node:util'
import type { Context } from '../context.ts'

type Format = Parameters<typeof styleText>[0]

/** What is told, as an object where a program reads; `type` says what kind of thing it is. */
export type Told = { type: string } & Record<string, unknown>

/** Writes results to standard output: lines for people, or one JSON object a line and nothing else. */
export type Output = {
  isJson: boolean
  /** Tells one thing, in the form that was asked for; where there are no lines, people are told nothing. */
  tell(told: Told, lines?: string[]): void
  /** Says something beside the results, on standard error. */
  note(text: string): void
  /** Colours text where a terminal shows it, unless NO_COLOR is set. */
  style(format: Format, text: string): string
}

/** Makes the output of one run. */
export function createOutput(
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  isJson: boolean,
): Output {
  return {
    isJson,
    tell(told, lines = []) {
      for (const line of isJson ? [toVisibleJson(told)] : lines) stdout.write(`${line}\n`)
    },
    note: (text) => void stderr.write(`${text}\n`),
    // For a pipe, `styleText` would look at the process's own streams only.
    style: (format, text) => (stdout.isTTY ? styleText(format, text, { stream: stdout }) : text),
  }
}

/** One line of JSON; what could change how a terminal or a reader of lines takes it is escaped, so that it is the same JSON. */
function toVisibleJson(told: Told): string {
  return JSON.stringify(told).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
