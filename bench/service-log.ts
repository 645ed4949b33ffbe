type LogLine = { level: number; msg?: string; url?: string }

const ERROR_LEVEL = 50

/** Where a service listens, by its log; undefined as long as it does not say. */
export function findUrl(log: string): string | undefined {
  for (const { msg, url } of parse(log, '"listening"')) {
    if (msg === 'listening' && url !== undefined) return new URL(url).origin
  }
  return undefined
}

/** Where the inspector of a service listens, by its log; undefined as long as it does not. */
export function findInspectorUrl(log: string): string | undefined {
  return /^Debugger listening on (ws:\S+)$/m.exec(log)?.[1]
}

/** The lines of a log that are errors. */
export function findErrors(log: string): string[] {
  return parse(log, '"level":')
    .filter(({ level }) => level >= ERROR_LEVEL)
    .map((line) => JSON.stringify(line))
}

/** The lines that hold a text. Others, and those of Node itself, are passed over without a look inside. */
function parse(log: string, text: string): LogLine[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}') && line.includes(text))
    .map((line) => JSON.parse(line))
}
