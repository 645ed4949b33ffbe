import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { expect, test } from 'vitest'

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/** Starts the service as its users do; its lines come as they are logged. */
function startService(settings: Record<string, string>) {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH, NODE_COMPILE_CACHE, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const service = { child, log: '', ended: once(child, 'close').then(([code]) => code as number | null) }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    service.log += text
  })
  const messages = () =>
    service.log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).msg as string)
  return { ...service, messages }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s that comes twice, as npm and its group get it, still stops in good order',
  async (signal) => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'workflow-webhooks-'))
    const service = startService({ DATA_DIR: join(directory.path, 'data') })
    await waitFor(() => service.messages().includes('listening'), {
      timeoutMs: 60_000,
      message: 'it to listen',
    })
    expect(service.messages()[0]).toContain('there is no operator yet: open the link in this file')
    expect(service.log).not.toContain('/invitation')
    service.child.kill(signal)
    await waitFor(() => service.messages().includes('stopping'), { timeoutMs: 10_000, message: 'it to stop' })
    service.child.kill(signal)
    expect(await service.ended).toBe(0)
    expect(service.messages().at(-1)).toBe('stopped')
  },
)

test('what keeps the service from starting is told in the words of the settings', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'workflow-webhooks-'))
  await using taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  const file = join(directory.path, 'file')
  await writeFile(file, '')
  const key = Buffer.alloc(32).toString('base64')
  const cases: [Record<string, string>, string][] = [
    [{ DATA_DIR: join(directory.path, 'data'), PORT: `${port}` }, `PORT ${port} of 127.0.0.1 is taken`],
    [{ DATA_DIR: file }, `DATA_DIR ${file} is not a directory`],
    [{ DATABASE_URL: 'postgres://x@127.0.0.1:1/x', ENCRYPTION_KEY: key }, 'DATABASE_URL leads to a place'],
  ]
  for (const [settings, message] of cases) {
    const service = startService(settings)
    expect(await service.ended).toBe(1)
    expect(service.messages().at(-1)).toContain(message)
  }
})
