import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { verify } from '@workflow-webhooks/receiver'
import { describe, expect, test } from 'vitest'
import { curlCommand } from '../src/delivery/curl-command.ts'

const request = {
  method: 'POST',
  url: "https://siem.acme.example/in?a='b'&c=$(d)&e={f,g}&h=[1-9]",
  headers: {
    'content-type': 'application/json',
    'content-length': '17',
    'x-outtake-secret': '[redacted]',
    'webhook-timestamp': '1764192000',
    'webhook-signature': '[redacted]',
    'webhook-id': 'evt_1',
    authorization: '[redacted]',
  },
}
const body = `{"subject":"it's \`overdue\` $HOME \\ !! \n 佐川急便"}\n`
const secret = 'it$has-"all"`of`\\them!'
const whsec = `whsec_${Buffer.from('a key of bytes \n\0\xff that no text has', 'latin1').toString('base64')}`

describe.each(['bash', 'dash', 'zsh'])('in %s', (shell) => {
  const isMissing = spawnSync(shell, ['-c', ':']).error !== undefined

  test.skipIf(isMissing)('it hands to curl just what was sent, but for time and signature', () => {
    const { words, input } = toCurl(shell, curlCommand(request, body))
    expect(words.filter((word) => !/^webhook-(timestamp|signature): /.test(word))).toEqual([
      '--globoff',
      '-X',
      'POST',
      request.url,
      '-H',
      'content-type: application/json',
      '-H',
      `x-outtake-secret: ${secret}`,
      '-H',
      '-H',
      '-H',
      'webhook-id: evt_1',
      '--data-binary',
      '@-',
    ])
    expect(input).toBe(body)
  })

  test.skipIf(isMissing).each([secret, whsec])(
    'a receiver that verifies takes it, with %j',
    async (theirs) => {
      const receiver = await startReceiver(theirs)
      try {
        const command = curlCommand({ ...request, url: receiver.url }, body)
        const sent = await promisify(execFile)(shell, ['-c', command], { env: environment(theirs) })
        expect(sent.stdout).toBe('genuine')
      } finally {
        receiver.stop()
      }
    },
  )

  test.skipIf(isMissing)(
    'without the secret it says so, sends nothing and leaves the shell as it was',
    () => {
      const command = `${curlCommand(request, body)}\necho "still here:$key$body"`
      const { stdout, stderr } = spawnSync(shell, ['-c', command], { env: environment(''), encoding: 'utf8' })
      expect(stderr).toContain('Set WEBHOOK_SECRET')
      expect(stdout).toBe('still here:\n')
    },
  )
})

test('it says what is to be set, what is made anew and what is left out, in words that no shell takes for more', () => {
  const comments = curlCommand(request, body)
    .split('\n')
    .filter((line) => line.startsWith('#'))
  expect(comments.join('\n')).toMatch(/signature[\s\S]*WEBHOOK_SECRET[\s\S]*authorization/)
  expect(comments).toHaveLength(3)
  for (const comment of comments) expect(comment).toMatch(/^# [\w ,.:=-]+$/)
})

function environment(theirs: string) {
  return { PATH: process.env.PATH, HOME: '/nowhere', WEBHOOK_SECRET: theirs }
}

/** What a shell hands to curl. */
function toCurl(shell: string, command: string): { words: string[]; input: string } {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; cat; }\n${command}`
  const output = execFileSync(shell, ['-c', script], { env: environment(secret), encoding: 'utf8' })
  const words = output.split('\0')
  return { words: words.slice(0, -1), input: words.at(-1)! }
}

/** A receiver that verifies, as receivers are told to. */
async function startReceiver(theirs: string) {
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const sent = Buffer.concat(chunks)
    const answer = await verify({ headers: incoming.headers, body: sent, secret: theirs }).then(
      () => (sent.toString() === body ? 'genuine' : 'another body'),
      (error: Error) => error.message,
    )
    response.end(answer)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?e={f,g}&h=[1-9]`,
    stop: () => server.close(),
  }
}
