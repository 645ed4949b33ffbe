import { CommanderError } from 'commander'
import type { Context } from './context.ts'
import { CommandError, EXIT, Interrupted } from './exit.ts'
import { createProgram } from './program.ts'

/** Runs the command with its arguments. @returns the exit code; what went wrong is told on standard error. */
export async function run(args: string[], context: Context): Promise<number> {
  let exitCode: number = EXIT.done
  const program = createProgram(context, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // It has told what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.trouble
    const reason: unknown = context.signal.aborted ? context.signal.reason : error
    if (!(reason instanceof CommandError)) throw reason
    if (!(reason instanceof Interrupted)) context.stderr.write(`error: ${reason.message}\n`)
    return reason.exitCode
  }
}
