/** The process that makes the load: it files events at the service, or posts to the receiver without it. */
import { serveCalls } from './child.ts'
import { file, filePaced, move } from './filing.ts'
import { createRawLoop, type RawLoop } from './raw.ts'

export type LoadCalls = typeof calls

let rawLoop: RawLoop | undefined

const calls = {
  file,
  filePaced,
  move,
  prepareRaw(options: Parameters<typeof createRawLoop>[0]): void {
    rawLoop = createRawLoop(options)
  },
  /** @throws Error before `prepareRaw`. */
  runRaw(durationMs: number): Promise<number> {
    if (rawLoop === undefined) throw new Error('there is nothing to post yet')
    return rawLoop.run(durationMs)
  },
}

serveCalls(calls)
