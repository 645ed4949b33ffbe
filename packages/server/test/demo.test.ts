import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** On a busy machine the service takes its time to start. */
const START_MS = 60_000
vi.setConfig({ testTimeout: 2 * START_MS })

const main = join(import.meta.dirname, '..', 'src', 'main.ts')
/** Where the demo makes its temporary directory, so that one that is left behind is found. */
let temporary: string

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'demo-test-'))
})

afterEach(() => rm(temporary, { recursive: true, force: true }))

function startDemo(...options: string[]) {
  const child: ChildProcess = spawn(process.execPath, [main, 'demo', ...options], {
    env: { ...process.env, TMPDIR: temporary, FORCE_COLOR: undefined, NO_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const demo = { child, stdout: '', stderr: '', ended: once(child, 'close').then(([code]) => code as number) }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    demo.stdout += text
  })
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    demo.stderr += text
  })
  return demo
}

/** The three numbers of a line of the summary, and its mark. */
function summaryLine(stdout: string, label: string): string[] {
  const line = stdout.split('\n').find((text) => text.startsWith(`  ${label} `) && /[✓✗]$/.test(text))
  return line === undefined
    ? []
    : line
        .slice(label.length + 2)
        .trim()
        .split(/ +/)
}

test('the demo files alerts, shows every delivery, and adds up', async () => {
  const demo = startDemo()
  expect(await demo.ended).toBe(0)
  expect(demo.stderr).toBe('')

  expect(summaryLine(demo.stdout, 'Items filed')).toEqual(['12', '12', '12', '✓'])
  expect(summaryLine(demo.stdout, 'Events')).toEqual(['33', '33', '33', '✓'])
  expect(summaryLine(demo.stdout, '  workflow.item.created')).toEqual(['12', '12', '12', '✓'])
  expect(summaryLine(demo.stdout, '  workflow.item.state.changed')).toEqual(['21', '21', '21', '✓'])
  expect(summaryLine(demo.stdout, '  workflow.item.resolved')).toEqual(['6', '6', '6', '✓'])
  expect(summaryLine(demo.stdout, '  workflow.item.reopened')).toEqual(['3', '3', '3', '✓'])
  expect(summaryLine(demo.stdout, 'Deliveries')).toEqual(['33', '33', '33', '✓'])
  expect(summaryLine(demo.stdout, 'Attempts')).toEqual(['37', '37', '37', '✓'])
  expect(summaryLine(demo.stdout, 'Retries')).toEqual(['4', '4', '4', '✓'])
  expect(demo.stdout).toContain('Everything adds up.')

  //
  expect(demo.stdout.match(/✓ secret ✓ signature/g)).toHaveLength(37)
  expect(demo.stdout.match(/503 on purpose, will be retried/g)).toHaveLength(4)
  expect(demo.stdout).not.toMatch(/whsec_[A-Za-z0-9+/]/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would act on
  expect(demo.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
  expect(await readdir(temporary)).toEqual([])
})

test('the demo runs on a feed, every row one alert, however odd its rows are', async () => {
  const feed = join(temporary, 'feed.csv')
  const rows = Array.from({ length: 40 }, (_, index) => `2025/08/01,https://phish-${index}.example/,SBI証券`)
  const odd = [
    '2025/08/02,"https://a.example/x,y","佐川急便 ""偽"""',
    '2025/08/02,https://phish-1.example/,SBI証券',
    '2025/08/02,not a URL,',
    `2025/08/02,https://long.example/${'長'.repeat(1_200)},au`,
    '2025/08/02,"https://lines.example/","two\r\nlines"',
  ]
  await writeFile(feed, `\ufeffdate,URL,description\r\n${[...rows, ...odd].join('\r\n')}\r\n\r\n`)
  const demo = startDemo('--feed', feed)
  expect(await demo.ended).toBe(0)
  expect(demo.stderr).toBe('')
  expect(demo.stdout).toContain('Read 45 rows of')
  expect(demo.stdout).toContain('SBI証券')
  // 45 filed, 45 to In review, 23 resolved, 12 reopened.
  expect(summaryLine(demo.stdout, 'Items filed')).toEqual(['45', '45', '45', '✓'])
  expect(summaryLine(demo.stdout, 'Deliveries')).toEqual(['125', '125', '125', '✓'])
  expect(summaryLine(demo.stdout, 'Retries')).toEqual(['13', '13', '13', '✓'])
  expect(demo.stdout.match(/^ +\d+ % {2}[\d,]+ of 125 deliveries$/gm)).toHaveLength(10)
  expect(await readdir(temporary)).toEqual(['feed.csv'])
})

test('a feed that cannot be read ends the demo before it begins', async () => {
  const demo = startDemo('--feed', join(temporary, 'missing.csv'))
  expect(await demo.ended).toBe(1)
  expect(demo.stdout).toBe('')
  expect(demo.stderr).toBe(
    `The feed ${join(temporary, 'missing.csv')} cannot be read: there is no such file.\n`,
  )
})

test('it says how it is used, also to who takes an option for another', async () => {
  const asked = startDemo('--help')
  expect(await asked.ended).toBe(0)
  expect(asked.stdout).toContain('Usage: npm run demo -- [--feed FILE.csv] [--keep]')
  const mistaken = startDemo('--fed', 'x.csv')
  expect(await mistaken.ended).toBe(1)
  expect(mistaken.stderr).toBe(`Unknown option '--fed'\n${asked.stdout}`)
})

test('with --keep it stays up, shows what is filed, and ends on Ctrl-C with nothing left behind', async () => {
  const demo = startDemo('--keep')
  await waitFor(() => demo.stdout.includes('Ctrl-C') || demo.child.exitCode !== null, { timeoutMs: START_MS })
  const curl = /curl (\S+) \\\n +-H 'authorization: (.+)' \\\n +-H 'content-type: (.+)' \\\n +-d '(.+)'/
  await waitFor(() => curl.test(demo.stdout))
  const [, url, authorization, contentType, body] = curl.exec(demo.stdout)!
  const answer = await fetch(url!, {
    method: 'POST',
    headers: { authorization: authorization!, 'content-type': contentType! },
    body: body!,
  })
  expect(answer.status).toBe(201)
  const [, app, email, password] = /The app +(\S+)\n +sign in as +(\S+)\n +password +(\S+)\n/.exec(
    demo.stdout,
  )!
  const signIn = await fetch(new URL('/api/v1/session', app), {
    method: 'POST',
    headers: { origin: new URL(app!).origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(signIn.status).toBe(200)
  await waitFor(() => /#13 +created +New +attempt 1 /.test(demo.stdout))

  demo.child.kill('SIGINT')
  expect(await demo.ended).toBe(0)
  expect(demo.stderr).toBe('')
  await expect(fetch(url!)).rejects.toThrow()
  expect(await readdir(temporary)).toEqual([])
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle leaves nothing behind', async (signal, exitCode) => {
  const demo = startDemo()
  await waitFor(() => demo.stdout.includes('Starting the service') || demo.child.exitCode !== null, {
    timeoutMs: START_MS,
  })
  demo.child.kill(signal)
  expect(await demo.ended).toBe(exitCode)
  expect(demo.stderr).toBe('')
  expect(await readdir(temporary)).toEqual([])
})
