import type { Schema } from '../api/client.ts'

type Request = NonNullable<Schema<'Attempt'>['request']>

/** What the shell is to put in for the shared secret, which no page has. */
export const SECRET_VARIABLE = 'OUTTAKE_SECRET'

/**
 * A shell command that sends what an attempt sent. Of what is redacted the secret comes from `$OUTTAKE_SECRET`; the
 * signature and the values of custom headers are left out.
 */
export function curlCommand({ method, url, headers }: Request, body: string): string {
  // Without `--globoff` curl takes braces and brackets of a URL for several URLs.
  const lines = [`curl --globoff -X ${method} ${quote(url)}`]
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'x-outtake-secret') lines.push(`-H "${name}: $${SECRET_VARIABLE}"`)
    else if (!value.includes(REDACTED) && !MADE_BY_CURL.has(name))
      lines.push(`-H ${quote(`${name}: ${value}`)}`)
  }
  lines.push(`--data-raw ${quote(body)}`)
  return lines.join(' \\\n  ')
}

const REDACTED = '[redacted]'
const MADE_BY_CURL = new Set(['host', 'content-length'])

/** As one word of a POSIX shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
