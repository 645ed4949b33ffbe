import pino, { type Logger } from 'pino'

/** Lines are written together, when there are so many or when the first of them has waited for so long. */
const LINES_AT_ONCE = 64
const FLUSH_MS = 100

/**
 * JSON lines on standard output. A line an attempt must not cost a system call each, nor its own place in the writer's
 * buffer: lines are put together first.
 */
export function createLog(level: string): Logger {
  const output = pino.destination({ fd: 1, sync: false })
  let lines: string[] = []
  let timer: NodeJS.Timeout | undefined

  function pass(): void {
    clearTimeout(timer)
    timer = undefined
    if (lines.length > 0) output.write(lines.join(''))
    lines = []
  }

  process.once('exit', () => {
    pass()
    output.flushSync()
  })
  return pino(
    { level, base: null, serializers: { err: withoutClient } },
    {
      write(line: string) {
        lines.push(line)
        if (lines.length >= LINES_AT_ONCE) pass()
        else timer ??= setTimeout(pass, FLUSH_MS)
      },
    },
  )
}

/** The database driver hangs its whole client on some errors. */
function withoutClient(error: Error): object {
  const { client: _, ...told } = pino.stdSerializers.err(error) as { client?: unknown }
  return told
}
