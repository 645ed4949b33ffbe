import { PassThrough } from 'node:stream'
import type { Context } from '../../src/context.ts'

/** What the command has of the world, with all that it has written. */
export type World = { context: Context; stdin: PassThrough; stdout(): string; stderr(): string }

/** Makes a world in which nothing is set; `isTerminal`: somebody sits before it. */
export function createWorld(env: Record<string, string> = {}, isTerminal = false): World {
  const [stdin, stdout, stderr] = [0, 0, 0].map(() => Object.assign(new PassThrough(), { isTTY: isTerminal }))
  const written = (stream: PassThrough) => {
    let text = ''
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    return () => text
  }
  return {
    context: {
      env,
      stdin: stdin!,
      stdout: stdout!,
      stderr: stderr!,
      signal: new AbortController().signal,
    },
    stdin: stdin!,
    stdout: written(stdout!),
    stderr: written(stderr!),
  }
}
