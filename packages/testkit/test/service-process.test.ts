import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startService } from '../src/service-process.ts'
import { waitFor } from '../src/wait-for.ts'

const script = join(import.meta.dirname, 'stand-in-service.ts')

test('a service is started with its settings alone, and stopped by SIGTERM', async () => {
  process.env.DATABASE_URL = 'postgres://of-the-tests'
  const service = await startService({
    script,
    dataDir: '/data',
    env: { RETRY_DELAYS: '50ms' },
    nodeArgs: ['--stack-size=900'],
  }).finally(() => delete process.env.DATABASE_URL)

  expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await isListening(service.url)).toBe(true)
  const { settings, argv } = JSON.parse(service.logs().split('\n')[1]!)
  expect(settings).toMatchObject({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info' })
  expect(settings).toMatchObject({ DATA_DIR: '/data', RETRY_DELAYS: '50ms' })
  expect(settings).not.toHaveProperty('DATABASE_URL')
  expect(argv.slice(2)).toEqual(['serve'])

  expect(await service.stop()).toBe(0)
  expect(await service.stop()).toBe(0)
  expect(await isListening(service.url)).toBe(false)
})

test('a service that is killed has no exit code', async () => {
  const service = await startService({ script })
  service.kill('SIGKILL')
  expect(await service.exited).toBeNull()
})

test('a service that ends at once is an error that says what it wrote', async () => {
  await expect(startService({ script, env: { BEHAVIOR: 'fails' } })).rejects.toThrow(
    /it ended with 1\nPORT: must be a number/,
  )
})

test('a service that does not listen in time is an error, and is killed', async () => {
  const starting = startService({ script, env: { BEHAVIOR: 'never listens' }, timeoutMs: 300 })
  await expect(starting).rejects.toThrow(/in vain for the service to listen/)
})

test('a service that ignores SIGTERM is killed, and said to have ignored it', async () => {
  const service = await startService({ script, env: { BEHAVIOR: 'ignores SIGTERM' }, stopTimeoutMs: 100 })
  await expect(service.stop()).rejects.toThrow('in vain for the service to end after SIGTERM')
  expect(await service.exited).toBeNull()
})

test('a service ends when the process that started it is killed', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'start-stand-in-service.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  expect(await isListening(url)).toBe(true)
  parent.kill('SIGKILL')
  await waitFor(async () => !(await isListening(url)), { message: 'the service to end' })
})

/** Not by its process id: one that has ended keeps that until its parent, or who took its place, looks. */
async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
