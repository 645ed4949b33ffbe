import { constants } from 'node:os'

/**
 * What the command ends with; the help tells of it. `no` is an answer: there are gaps, or something was not delivered.
 * Scripts replay on it, so whatever keeps the command from answering is `trouble`.
 */
export const EXIT = { done: 0, no: 1, trouble: 2, pending: 3 } as const

/** It cannot go on; the message is for the user, and names the remedy. */
export class CommandError extends Error {
  override name = 'CommandError'
  readonly exitCode: number

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.exitCode = options.exitCode ?? EXIT.trouble
  }
}

/** The command was given wrongly, or something that it needs is not set. */
export class UsageError extends CommandError {
  override name = 'UsageError'
}

/** The user ended it: Ctrl-C, or SIGTERM. */
export class Interrupted extends CommandError {
  override name = 'Interrupted'

  /** The code is as a shell counts: 128 and the number of the signal. */
  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super('Interrupted.', { exitCode: 128 + constants.signals[signal] })
  }
}
