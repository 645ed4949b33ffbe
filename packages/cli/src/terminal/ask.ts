import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import type { Context } from '../context.ts'
import { Interrupted } from '../exit.ts'

type Asking = Pick<Context, 'stdin' | 'stderr' | 'signal'>

/** Whether somebody is there who can answer. Questions go to standard error: standard output is for results. */
export function canAsk({ stdin, stderr }: Asking): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks for yes or no; anything but `y` or `yes` is no. */
export async function confirm(asking: Asking, question: string): Promise<boolean> {
  const answer = await ask(asking, `${question} [y/N] `, asking.stderr)
  return /^y(es)?$/i.test(answer.trim())
}

/** Asks for a line of text. */
export async function askFor(asking: Asking, question: string): Promise<string> {
  return (await ask(asking, question, asking.stderr)).trim()
}

/** Asks for a secret, which the terminal does not show; where there is no terminal, reads all of standard input. */
export async function readSecret(asking: Asking, question: string): Promise<string> {
  if (!canAsk(asking)) return (await readText(asking.stdin)).trim()
  asking.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const answer = await ask(asking, '', nowhere)
  asking.stderr.write('\n')
  return answer.trim()
}

async function ask(
  { stdin, signal }: Asking,
  question: string,
  output: NodeJS.WritableStream,
): Promise<string> {
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY === true })
  // While it reads, the terminal sends Ctrl-C to it and not to the process.
  const interrupted = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new Interrupted('SIGINT')))
    // Ctrl-D, or the terminal has gone: nobody answers.
    lines.once('close', () => reject(new Interrupted('SIGINT')))
  })
  try {
    return await Promise.race([lines.question(question, { signal }), interrupted])
  } catch (error) {
    output.write('\n')
    throw error
  } finally {
    interrupted.catch(() => {})
    lines.close()
  }
}
