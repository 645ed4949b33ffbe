import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlCommand } from '../src/delivery/curl-command.ts'

const request = {
  method: 'POST',
  url: "https://siem.acme.example/in?a='b'&c=$(d)&e={f,g}&h=[1-9]",
  headers: {
    'content-type': 'application/json',
    'content-length': '17',
    'x-outtake-secret': '[redacted]',
    'webhook-signature': '[redacted]',
    'webhook-id': 'evt_1',
    authorization: '[redacted]',
  },
}

/** What a shell hands to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`
  const output = execFileSync('sh', ['-c', script], {
    env: { OUTTAKE_SECRET: 'the secret' },
    encoding: 'utf8',
  })
  return output.split('\0').slice(0, -1)
}

test('a shell sends just what was sent, whatever is in it', () => {
  const body = `{"subject":"it's \`overdue\` $HOME \\ \n 佐川急便"}`
  expect(argumentsOf(curlCommand(request, body))).toEqual([
    '--globoff',
    '-X',
    'POST',
    request.url,
    '-H',
    'content-type: application/json',
    '-H',
    'x-outtake-secret: the secret',
    '-H',
    'webhook-id: evt_1',
    '--data-raw',
    body,
  ])
})
