import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createWorld } from '../test/support/world.ts'
import { run } from './run.ts'

const connection = { WORKFLOW_WEBHOOKS_URL: 'http://127.0.0.1:9', WORKFLOW_WEBHOOKS_API_KEY: 'a-key' }

async function tryOut(args: string[], env: Record<string, string> = connection) {
  const world = createWorld(env)
  const code = await run(args, world.context)
  await turn()
  return { code, stdout: world.stdout(), stderr: world.stderr() }
}

test.each([
  [['gap'], '(Did you mean gaps?)'],
  [['replay', '--lastest-only'], '(Did you mean --latest-only?)'],
  [['trigger', '--workflow', 'wfl_1'], '--webhook is missing'],
  [['gaps', '--workflow', 'wfl_1', '--webhook', 'whk_1'], '--from is missing'],
  [['gaps', '--from', 'yesterday'], '--from'],
  [['deliveries', 'tail', '--workflow', 'wfl_1', '--status', 'lost'], 'pending, succeeded, failed, canceled'],
  [['deliveries', 'tail', '--workflow', 'wfl_1', '--last', '-1'], '--last'],
  [['replay'], '--workflow and --webhook'],
  [['replay', 'dlv_1', '--gaps'], '--gaps'],
  [['replay', 'dlv_1', '..'], '".." is not an id'],
  [['trigger', '--workflow', '..', '--webhook', 'whk_1'], '".." is not an id'],
  [['gaps', '--workflow', 'wfl_1', '--webhook', 'a\x1b[2Jb/c', '--from', '1h'], '"ab/c" is not an id'],
  [['deliveries', 'tail', '--workflow', '.'], '"." is not an id'],
  [['replay', 'dlv_1', '--latest-only'], '--latest-only'],
  [['replay', '--workflow', 'wfl_1', '--webhook', 'whk_1', '--missed'], '--from'],
  [['replay', '--workflow', 'wfl_1', '--webhook', 'whk_1'], 'give --yes to replay, or --dry-run'],
  [['replay', 'dlv_1', '--dry-run'], '--dry-run'],
  [['replay', '--dry-run', '--yes'], '--dry-run'],
  [['replay', '--missed', '--gaps'], '--missed'],
  [['listen', '--secret', 'short'], '--secret'],
  [['listen', '--forward', 'localhost:3000'], '--forward'],
  [['listen', '--tls-cert', 'cert.pem'], '--tls-key'],
  [['listen', '--port', '65536'], '--port'],
])('%j is wrong usage, which names the option', async (args, message) => {
  const { code, stdout, stderr } = await tryOut(args)
  expect(stderr).toContain(message)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test.each([
  [{ WORKFLOW_WEBHOOKS_URL: 'webhooks.example.com' }, 'WORKFLOW_WEBHOOKS_URL'],
  [{ WORKFLOW_WEBHOOKS_URL: 'https://user:pass@webhooks.example.com' }, 'WORKFLOW_WEBHOOKS_URL'],
  [{ WORKFLOW_WEBHOOKS_API_KEY: 'not a key' }, 'The API key'],
  [{ WORKFLOW_WEBHOOKS_API_KEY: '', XDG_CONFIG_HOME: '/nowhere' }, 'No API key'],
  [{ WORKFLOW_WEBHOOKS_URL: '', XDG_CONFIG_HOME: '/nowhere' }, 'No address'],
])('%j is told, with nothing of the key', async (env, message) => {
  const { code, stderr } = await tryOut(['trigger', '--workflow', 'wfl_1', '--webhook', 'whk_1'], {
    ...connection,
    ...env,
  })
  expect(stderr).toContain(message)
  expect(stderr).not.toMatch(/not a key|a-key/)
  expect(code).toBe(2)
})

test.each([
  [''],
  ['login'],
  ['listen'],
  ['deliveries'],
  ['deliveries tail'],
  ['replay'],
  ['trigger'],
  ['gaps'],
])('the help of "%s" has an example', async (command) => {
  const { code, stdout } = await tryOut([...command.split(' ').filter((word) => word !== ''), '--help'])
  expect(stdout).toMatch(/Examples?:\n {2}\$ /)
  expect(code).toBe(0)
})

test('a service out of reach is no answer, which a script could take for gaps', async () => {
  const { code, stderr } = await tryOut(['gaps', '--workflow', 'wfl_1', '--webhook', 'whk_1', '--from', '1h'])
  expect(stderr).toContain('Cannot reach the service')
  expect(code).toBe(2)
})

test('without a command it shows the help, and that is wrong usage', async () => {
  const { code, stdout, stderr } = await tryOut([])
  expect(stderr).toContain('Exit codes:')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})
