import { once } from 'node:events'
import { chmod, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunningCli } from './support/cli.ts'
import { type ServiceLink, startLink } from './support/link.ts'
import { type Stage, setStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.stop())
afterEach(() => stage.cli.stopAll())

/** Options that say which webhook. */
const of = (webhookId: string): string[] => ['--workflow', stage.workflowId, '--webhook', webhookId]

describe('login', () => {
  const file = () => join(stage.configHome, 'workflow-webhooks', 'config.json')
  const without = { WORKFLOW_WEBHOOKS_URL: '', WORKFLOW_WEBHOOKS_API_KEY: '' }
  const logIn = (input: string) => stage.cli.run(['login', '--url', `${stage.url}/`], { env: without, input })

  afterEach(() => rm(file(), { force: true }))

  test('stores address and key for its owner alone, after which other commands need neither', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/ok/login'))
    const { code, stdout, stderr } = await logIn(`${stage.apiKey}\n`)
    expect(code).toBe(0)
    expect(stdout).toContain(`Logged in to ${stage.url} as admin, terminal, Acme.`)
    expect(stdout + stderr).not.toContain(stage.apiKey)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ url: stage.url, apiKey: stage.apiKey })
    expect((await stage.cli.run(['trigger', ...of(webhookId)], { env: without })).code).toBe(0)
  })

  test('a file that others can reach is refused, and how to mend it is said', async () => {
    await logIn(stage.apiKey)
    await chmod(file(), 0o640)
    const { code, stderr } = await stage.cli.run(['trigger', ...of('whk_1')], { env: without })
    expect(code).toBe(2)
    expect(stderr).toContain(`chmod 600 ${file()}`)
    expect(stderr).not.toContain(stage.apiKey)
  })

  test('a wrong key is not stored', async () => {
    const { code, stdout, stderr } = await logIn('a-key-that-is-wrong')
    expect(code).toBe(2)
    expect(stderr).toContain('WORKFLOW_WEBHOOKS_API_KEY')
    expect(stdout + stderr).not.toContain('a-key-that-is-wrong')
    await expect(stat(file())).rejects.toThrow('ENOENT')
  })

  test('a key with characters that no header can carry is refused without being quoted', async () => {
    const { code, stdout, stderr } = await logIn('secret-part\nother')
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain('secret-part')
  })

  test('the stored key does not go to another address', async () => {
    await logIn(stage.apiKey)
    const env = { ...without, WORKFLOW_WEBHOOKS_URL: 'http://127.0.0.1:9' }
    const { code, stderr } = await stage.cli.run(['trigger', ...of('whk_1')], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(stage.url)
  })
})

describe('trigger', () => {
  test('shows request and response, and ends with 0 where it was delivered', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/ok/trigger'))
    const { code, stdout } = await stage.cli.run(['trigger', ...of(webhookId)])
    expect(stdout).toContain(`POST ${stage.receiver.url('/ok/trigger')}`)
    expect(stdout).toContain('HTTP 204')
    expect(stdout).toContain('Delivered.')
    expect(code).toBe(0)
  })

  test('ends with 1 where the receiver refuses it', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/fail/9/trigger'))
    const { code, json } = await stage.cli.run(['trigger', ...of(webhookId), '--json'])
    expect(json).toMatchObject([{ type: 'test', status: 'failed', attempts: [{ statusCode: 503 }] }])
    expect(code).toBe(1)
  })

  test('what the service says against it is shown, with a remedy', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/ok/trigger'), { enabled: false })
    const { code, stdout, stderr } = await stage.cli.run(['trigger', ...of(webhookId), '--json'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Enable the webhook first.')
  })
})

describe('listen', () => {
  async function listen(args: string[], env: Record<string, string> = {}): Promise<[RunningCli, string]> {
    const listening = stage.cli.start(['listen', '--port', '0', '--json', ...args], { env })
    await listening.waitFor(() => listening.json().length > 0, 'the command to listen')
    const [first] = listening.json()
    expect(first).toMatchObject({ type: 'listening' })
    return [listening, String(first!.url)]
  }
  const deliveries = (listening: RunningCli) => listening.json().filter(({ type }) => type === 'delivery')
  const heard = (listening: RunningCli, count: number) =>
    listening.waitFor(() => deliveries(listening).length === count, `${count} deliveries`)

  test('the service reaches it by HTTPS with its own certificate; replays are marked; a wrong secret is not verified', async () => {
    const [listening, url] = await listen(['--tls'], {
      WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    })
    const { webhookId } = await stage.addWebhook(`${url}/hook`, {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    })
    const { itemId, eventId } = await stage.file('listened')
    await heard(listening, 1)
    expect(deliveries(listening)[0]).toMatchObject({
      path: '/hook',
      webhookId: eventId,
      attempt: 1,
      verified: true,
      failure: null,
      seen: 'first',
      answer: { status: 204, forwarded: false },
      payload: { workflow: { itemId, sequence: 1 } },
    })
    const [delivery] = await stage.settled(webhookId, 1)
    const { code, json } = await stage.cli.run(['replay', delivery!.deliveryId, '--json'])
    expect(code).toBe(0)
    expect(json.at(-1)).toMatchObject({ type: 'summary', total: 1, succeeded: 1 })
    await heard(listening, 2)
    expect(deliveries(listening)[1]).toMatchObject({ webhookId: eventId, seen: 'replay', verified: true })

    await stage.api.call('POST', `/workflows/${stage.workflowId}/webhooks/${webhookId}/secret`, {})
    const refused = await stage.cli.run(['trigger', ...of(webhookId)])
    expect(refused.stdout).toContain('HTTP 401')
    expect(refused.code).toBe(1)
    await heard(listening, 3)
    expect(deliveries(listening)[2]).toMatchObject({
      verified: false,
      failure: { code: 'signature_wrong' },
      seen: null,
    })
    expect(listening.stdout()).not.toContain('whsec_')
    expect(await listening.stop('SIGINT')).toBe(0)
  })

  test('passes body and headers on unchanged and answers as the local receiver does', async () => {
    const got: { headers: NodeJS.Dict<string | string[]>; body: string }[] = []
    const local = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      got.push({ headers: request.headers, body })
      response.writeHead(418, { 'x-local': 'yes' }).end('short and stout')
    })
    await once(local.listen(0, '127.0.0.1'), 'listening')
    const { port } = local.address() as AddressInfo
    const [listening, url] = await listen(['--forward', `http://127.0.0.1:${port}/path`])
    const body = '{"not":  "a delivery"}'
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'webhook-id': 'evt_1', 'X-Custom': 'a' },
    })
    expect([response.status, response.headers.get('x-local'), await response.text()]).toEqual([
      418,
      'yes',
      'short and stout',
    ])
    expect(got).toMatchObject([{ body, headers: { 'webhook-id': 'evt_1', 'x-custom': 'a' } }])
    await heard(listening, 1)
    expect(deliveries(listening)[0]).toMatchObject({
      verified: null,
      answer: { status: 418, forwarded: true, error: null },
    })

    local.close()
    local.closeAllConnections()
    const none = await fetch(url, { method: 'POST', body })
    expect(none.status).toBe(502)
    expect(await none.text()).toContain('nothing listens there')
  })

  test('people see a delivery in two lines', async () => {
    const listening = stage.cli.start(['listen', '--port', '0', '--tls'])
    await listening.waitFor(() => listening.stdout().includes('npm start'), 'the command to listen')
    const url = /https:\/\/127\.0\.0\.1:\d+/.exec(listening.stdout())![0]
    const { webhookId } = await stage.addWebhook(url)
    const { itemId } = await stage.file('seen')
    await stage.settled(webhookId, 1)
    await listening.waitFor(() => listening.stdout().includes('answered 204'), 'the delivery')
    expect(listening.stdout()).toMatch(/\d\d:\d\d:\d\d {2}created {2}Invoice overdue: seen {2}New\n/)
    expect(listening.stdout()).toContain(
      `${itemId} #1  attempt 1  not verified: no secret given  answered 204`,
    )
  })
})

describe('deliveries tail', () => {
  let link: ServiceLink

  beforeEach(async () => {
    link = await startLink(stage.url)
  })
  afterEach(() => link.stop())

  test('prints the last deliveries, then new ones and their changes, and misses none while the stream is cut', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/fail/1/tail'))
    await stage.file('tail-before')
    await stage.settled(webhookId, 1)
    const tail = stage.cli.start(['deliveries', 'tail', ...of(webhookId), '--json'], {
      env: { WORKFLOW_WEBHOOKS_URL: link.url },
    })
    const told = () => tail.json().map(({ change, status, alertId }) => [change, status, alertId])
    await tail.waitFor(() => told().length > 0, 'what was there before')
    expect(told()).toEqual([['listed', 'succeeded', 'tail-before']])
    await stage.file('tail-live')
    await tail.waitFor(
      () => told().some(([, status, id]) => status === 'succeeded' && id === 'tail-live'),
      'a live one',
    )

    link.cut()
    await tail.waitFor(() => tail.stderr().includes('Trying again'), 'the cut to be noticed')
    expect(tail.stderr()).toContain('No stream of changes')
    await stage.file('tail-cut')
    await stage.settled(webhookId, 3)
    expect(told().some(([, , id]) => id === 'tail-cut')).toBe(false)
    link.mend()
    await tail.waitFor(
      () => told().some(([, status, id]) => status === 'succeeded' && id === 'tail-cut'),
      'what was made meanwhile',
    )
    expect(await tail.stop('SIGINT')).toBe(0)
  })
})

describe('replay and gaps', () => {
  const FROM = ['--from', '1h']

  test('gaps ends with 1 until a replay has closed them; what fails again is counted', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/fail/9/replay'))
    await stage.file('replay-1')
    await stage.file('replay-2')
    await stage.settled(webhookId, 2)

    const gaps = await stage.cli.run(['gaps', ...of(webhookId), ...FROM, '--json'])
    expect(gaps.json.map(({ type }) => type)).toEqual(['gap', 'gap', 'summary'])
    expect(gaps.json.at(-1)).toMatchObject({ gaps: 2, pending: 0 })
    expect(gaps.code).toBe(1)
    const { deliveryId } = (await stage.settled(webhookId, 2))[0]!
    expect((await stage.cli.run(['gaps', ...of(webhookId), ...FROM])).stdout).toContain(`  ${deliveryId}\n`)

    const unasked = await stage.cli.run(['replay', ...of(webhookId), ...FROM])
    expect(unasked.stderr).toContain('--yes')
    expect([unasked.code, unasked.stdout]).toEqual([2, ''])
    const dry = await stage.cli.run(['replay', ...of(webhookId), ...FROM, '--dry-run', '--json'])
    expect(dry.json).toMatchObject([{ type: 'preview', total: 2 }])
    expect(dry.code).toBe(0)
    expect(await stage.settled(webhookId, 2)).toHaveLength(2)

    const failing = await stage.cli.run(['replay', ...of(webhookId), ...FROM, '--yes'])
    expect(failing.stdout).toContain('2 events to replay.')
    expect(failing.stdout).toContain('0 of 2 delivered, 2 failed.')
    expect(failing.code).toBe(1)

    await stage.api.call('PATCH', `/workflows/${stage.workflowId}/webhooks/${webhookId}`, {
      url: stage.receiver.url('/ok/replay'),
    })
    const replayed = await stage.cli.run(['replay', ...of(webhookId), '--gaps', ...FROM, '--yes', '--json'])
    expect(replayed.json[0]).toMatchObject({ type: 'preview', total: 2 })
    expect(replayed.json.at(-1)).toMatchObject({
      type: 'replay',
      state: 'done',
      total: 2,
      succeeded: 2,
      failed: 0,
    })
    expect(replayed.code).toBe(0)

    const none = await stage.cli.run(['gaps', ...of(webhookId), ...FROM])
    expect(none.stdout).toContain('No gaps in')
    expect(none.code).toBe(0)
    const nothing = await stage.cli.run(['replay', ...of(webhookId), '--gaps', ...FROM, '--yes'])
    expect(nothing.stdout).toContain('There is nothing to replay.')
    expect(nothing.code).toBe(0)
  })

  test('gaps ends with 3 while nothing is missing and some are still on their way', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/hang/gaps'))
    await stage.file('on-its-way')
    const { code, stdout } = await stage.cli.run(['gaps', ...of(webhookId), '--from', '1m'])
    expect(stdout).toMatch(/^No gaps in \d+ events?\. 1 of them still on their way\./)
    expect(code).toBe(3)
  })

  test('of named deliveries, one that is not there does not keep the other from being replayed', async () => {
    const { webhookId } = await stage.addWebhook(stage.receiver.url('/ok/named'))
    await stage.file('named')
    const [delivery] = await stage.settled(webhookId, 1)
    const { code, stdout } = await stage.cli.run(['replay', delivery!.deliveryId, 'dlv_none'])
    expect(stdout).toContain('dlv_none: ')
    expect(stdout).toContain('1 of 2 delivered, 1 not replayed.')
    expect(code).toBe(2)
  })
})

describe('usage', () => {
  test.each([
    [['gaps', '--workflw', 'wfl_1'], '(Did you mean --workflow?)'],
    [
      ['gaps', '--workflow', 'wfl_1', '--webhook', 'whk_1', '--from', '1h', '--to', '2h'],
      'to: must not be before `from`',
    ],
  ])('%j ends with 2 and names what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await stage.cli.run(args)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test.each([
    ['a wrong key', ['gaps', '--from', '1h'], { WORKFLOW_WEBHOOKS_API_KEY: 'a-key-that-is-wrong' }],
    ['an unknown webhook', ['gaps', '--from', '1h'], {}],
    ['an unknown webhook of a replay', ['replay', '--gaps', '--from', '1h', '--yes'], {}],
  ])('%s ends with 2: nothing but an answer ends with 1', async (_, args, env) => {
    const { code, stdout } = await stage.cli.run([...args, ...of('whk_none')], { env })
    expect([code, stdout]).toEqual([2, ''])
  })

  test('a fault of the command itself ends with 2, which is no answer', async () => {
    const fault = 'URL.canParse=()=>{throw new RangeError("a fault")}'
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` }
    const { code, stderr } = await stage.cli.run(['gaps', ...of('whk_1'), '--from', '1h'], { env })
    expect(stderr).toContain('RangeError: a fault')
    expect(code).toBe(2)
  })

  test('where nothing answers it ends with 2 and says where', async () => {
    const link = await startLink(stage.url)
    await link.stop()
    const env = { WORKFLOW_WEBHOOKS_URL: link.url }
    const { code, stderr } = await stage.cli.run(['trigger', ...of('whk_1')], { env })
    expect(stderr).toContain(`Cannot reach the service at ${link.url}: connect ECONNREFUSED`)
    expect(stderr).not.toContain(stage.apiKey)
    expect(code).toBe(2)
  })
})
