import type { Schema } from '../api/client.ts'
import { SECRET_VARIABLE } from '../webhook/receiver/receiver-facts.ts'
import { keyLines, quoted, signatureLines } from '../webhook/receiver/signing-shell.ts'

type Request = NonNullable<Schema<'Attempt'>['request']>

/**
 * Lines for a POSIX shell that send what an attempt sent, signed anew: receivers refuse a signature that is old. The
 * secret, which no page has, comes from `$WEBHOOK_SECRET`. They are a subshell, so that nothing of them stays in the
 * shell into which they are pasted, and a missing secret does not end it.
 */
export function curlCommand({ method, url, headers }: Request, body: string): string {
  // Without `--globoff` curl takes braces and brackets of a URL for several URLs.
  const lines = [`curl --globoff -X ${method} ${quoted(url)}`]
  const leftOut: string[] = []
  for (const [name, value] of Object.entries(headers)) {
    const made = madeHere[name]
    if (made !== undefined) lines.push(`-H "${name}: ${made}"`)
    else if (value.includes(REDACTED)) leftOut.push(name)
    else if (!MADE_BY_CURL.has(name)) lines.push(`-H ${quoted(`${name}: ${value}`)}`)
  }
  lines.push('--data-binary @-')
  // No quotes or brackets in these: some shells take a comment that is typed for a command.
  const comments = [
    '# Sends this request once more, with the time of now and a new signature.',
    `# Set ${SECRET_VARIABLE} to the shared secret of the webhook first, such as: export ${SECRET_VARIABLE}=whsec_...`,
    ...(leftOut.length === 0
      ? []
      : [`# Left out, as their values are not shown: ${leftOut.join(', ')}. Add them with -H.`]),
  ]
  return `${comments.join('\n')}
(
: "\${${SECRET_VARIABLE}:?Set ${SECRET_VARIABLE} to the shared secret}"
${keyLines}
id=${quoted(headers['webhook-id'] ?? '')}
timestamp=$(date +%s)
body=${quoted(body)}
${signatureLines}
printf %s "$body" |
${lines.join(' \\\n  ')}
)`
}

const madeHere: Readonly<Record<string, string>> = {
  'x-outtake-secret': `$${SECRET_VARIABLE}`,
  'webhook-timestamp': '$timestamp',
  'webhook-signature': 'v1,$signature',
}

const REDACTED = '[redacted]'
const MADE_BY_CURL = new Set(['host', 'content-length'])
