import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { topics } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { prepareHeaders, requestHeaders } from '../../server/src/delivery/request-headers.ts'
import { curlCode } from '../src/webhook/receiver/curl-code.ts'
import { goCode } from '../src/webhook/receiver/go-code.ts'
import { nodeCode } from '../src/webhook/receiver/node-code.ts'
import { pythonCode } from '../src/webhook/receiver/python-code.ts'
import { SECRET_VARIABLE } from '../src/webhook/receiver/receiver-facts.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const oldSecret = 'a secret of our own'.replaceAll(' ', '-')
const path = "/hooks/o'neil-%C3%BC/$in"
const body = JSON.stringify({
  event: 'workflow-item-created',
  eventId: 'evt_1',
  topics: ['workflow.item.created'],
  occurredAt: '2026-11-23T21:00:00.000Z',
  workflow: { workflowId: 'wfl_1', profileId: 'prf_1', itemId: 'itm_1', sequence: 1, newState: 'New' },
  alert: { alertId: 'a', subject: 'It’s "due" \\ now $(date) `id`', securityDescription: '' },
})
const facts = { url: `https://hooks.example.com${path}?key=1`, topics: [...topics], sampleBody: body }

/** The receivers that the page shows, and how to run one; Go is built first. */
const languages = [
  { name: 'Node', code: nodeCode(facts), file: 'receiver.mjs', tool: process.execPath, version: '--version' },
  { name: 'Python', code: pythonCode(facts), file: 'receiver.py', tool: 'python3', version: '--version' },
  { name: 'Go', code: goCode(facts), file: 'receiver.go', tool: 'go', version: 'version' },
]
/** Why a request was answered 401, as it stands in the receiver's log. */
const SIGNATURE = 'no signature matches'
const AGE = 'webhook-timestamp is more than 5 minutes off'
const HEADERS = 'webhook-id or webhook-timestamp is missing or malformed'
/** Go's own packages may have to be built too, on a machine that does much else. */
const BUILD_MS = 300_000

let directory: string
let running: { child: ChildProcess; output: string } | undefined

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-receiver-code-'))
})
afterAll(() => rm(directory, { recursive: true }))
afterEach(async () => {
  if (running === undefined) return
  running.child.kill('SIGKILL')
  if (running.child.exitCode === null) await once(running.child, 'exit')
  running = undefined
})

describe.each(languages)('the code for $name', ({ code, file, tool, version }) => {
  const isMissing = spawnSync(tool, [version]).error !== undefined

  beforeAll(async () => {
    await writeFile(join(directory, file), code)
    if (tool === 'go' && !isMissing) await buildGo(join(directory, file))
  }, BUILD_MS)

  test.skipIf(isMissing)('takes what is genuine, once, and nothing else', async () => {
    const port = await start(`${secret} ${oldSecret}`)
    const post = (headers: Record<string, string>, sent = body, at = path) =>
      fetch(`http://127.0.0.1:${port}${at}`, { method: 'POST', headers, body: sent }).then(
        ({ status }) => status,
      )

    expect(await post(genuine({ eventId: 'evt_1' }))).toBe(204)
    expect(await post(genuine({ eventId: 'evt_1' }))).toBe(204)
    expect(await post(genuine({ eventId: 'evt_2' }), body, `${path}?key=1`)).toBe(204)
    expect(await post(genuine({ eventId: 'evt_3', secrets: [oldSecret] }))).toBe(204)
    expect(await post(genuine({ eventId: 'evt_4', secrets: ['another-secret-of-theirs', secret] }))).toBe(204)
    await waitFor(() => running!.output.split('itm_1').length - 1 === 4, { message: '4 handled events' })

    const why: string[] = []
    const expectRefusal = async (reason: string, ...request: Parameters<typeof post>) => {
      expect(await post(...request)).toBe(401)
      why.push(reason)
      await waitFor(() => refusals().length === why.length, { message: `refusal ${why.length} in the log` })
    }
    const forged = genuine({ eventId: 'evt_5' })
    await expectRefusal(SIGNATURE, forged, body.replace('New', 'Old'))
    await expectRefusal(SIGNATURE, { ...forged, 'webhook-id': 'evt_6' })
    await expectRefusal(SIGNATURE, genuine({ eventId: 'evt_7', secrets: ['another-secret-of-theirs'] }))
    await expectRefusal(AGE, genuine({ eventId: 'evt_8', ageSeconds: 301 }))
    await expectRefusal(AGE, genuine({ eventId: 'evt_8', ageSeconds: -302 }))
    await expectRefusal(SIGNATURE, without('webhook-signature', forged))
    await expectRefusal(HEADERS, without('webhook-timestamp', forged))
    const withoutVersion = forged['webhook-signature']!.slice('v1,'.length)
    await expectRefusal(SIGNATURE, { ...forged, 'webhook-signature': withoutVersion })
    await expectRefusal(SIGNATURE, { ...forged, 'webhook-signature': 'v1, v1,! v1,AAAA' })
    expect(refusals()).toEqual(why.map((reason) => expect.stringContaining(reason)))
    for (const hidden of [secret, oldSecret, 'another-secret']) expect(running!.output).not.toContain(hidden)
    expect(await post(genuine({ eventId: 'evt_9' }), body, '/elsewhere')).toBe(404)
    expect(await post(genuine({ eventId: 'evt_9' }), 'x'.repeat(1024 * 1024 + 1)).catch(() => 413)).toBe(413)
    expect(running!.output.split('itm_1').length - 1).toBe(4)
  })

  test.skipIf(isMissing)(
    'takes the sample that the script for curl sends, as a new test event each time',
    async () => {
      const port = await start(`${secret} ${oldSecret}`)
      for (const theirs of [secret, secret, oldSecret]) {
        const { status, output } = await runScript(port, theirs)
        expect(output).toMatch(/^HTTP\/1\.[01] 204/)
        expect(status).toBe(0)
      }
      await waitFor(() => running!.output.split('A test event came').length - 1 === 3, {
        message: '3 test events',
      })
      expect((await runScript(port, 'another-secret-of-theirs')).output).toMatch(/^HTTP\/1\.[01] 401/)
    },
  )

  test.skipIf(isMissing)('does not start without a secret', async () => {
    for (const missing of ['', ' ', 'whsec_']) {
      const { child } = await spawnReceiver(missing, 1)
      if (child.exitCode === null) await once(child, 'exit')
      expect(child.exitCode).toBeGreaterThan(0)
    }
  })

  function refusals(): string[] {
    return running!.output.split('\n').filter((line) => line.includes('401: '))
  }

  /** Starts the receiver and gives back its port. */
  async function start(secrets: string): Promise<number> {
    const port = await freePort()
    running = await spawnReceiver(secrets, port)
    await waitFor(() => isListening(port), { timeoutMs: 30_000, message: 'the receiver to listen' })
    return port
  }

  async function spawnReceiver(secrets: string, port: number) {
    const env = { ...process.env, [SECRET_VARIABLE]: secrets, PORT: String(port) }
    const source = join(directory, file)
    const child = tool === 'go' ? spawn(`${source}.built`, { env }) : spawn(tool, [source], { env })
    const started = { child, output: '' }
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        started.output += chunk
      })
    return started
  }
})

async function buildGo(source: string): Promise<void> {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' }
  const build = spawn('go', ['build', '-o', `${source}.built`, source], { env, stdio: 'inherit' })
  await once(build, 'exit')
  if (build.exitCode !== 0) throw new Error('The Go code does not compile')
}

async function runScript(port: number, scriptSecret: string) {
  const script = join(directory, 'try-receiver.sh')
  await writeFile(script, curlCode(facts))
  const env = { ...process.env, [SECRET_VARIABLE]: scriptSecret }
  const { status, stdout, stderr } = spawnSync('bash', [script, `http://127.0.0.1:${port}${path}`], { env })
  return { status, output: `${stdout}${stderr}` }
}

/** The headers as the service makes them. */
function genuine({
  eventId,
  secrets = [secret],
  ageSeconds = 0,
}: {
  eventId: string
  secrets?: string[]
  ageSeconds?: number
}) {
  const flat = requestHeaders(prepareHeaders({ secrets, customHeaders: {}, version: '0' }), {
    eventId,
    deliveryId: 'dlv_1',
    attempt: 1,
    timestampSeconds: Math.floor(Date.now() / 1000) - ageSeconds,
    body: Buffer.from(body),
  })
  const names = flat.filter((_, index) => index % 2 === 0)
  return Object.fromEntries(names.map((name, index) => [name, flat[2 * index + 1]!]))
}

function without(name: string, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
