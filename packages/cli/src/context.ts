import type { Readable } from 'node:stream'

/** A stream to write to, which may be a terminal. */
export type Target = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

/** What the command has of the world around it; `main.ts` alone knows the process. */
export type Context = {
  /** The environment. */
  env: Readonly<Record<string, string | undefined>>
  stdin: Readable & { isTTY?: boolean }
  stdout: Target
  stderr: Target
  /** Aborted, with an `Interrupted`, when the user ends the command. */
  signal: AbortSignal
}
