import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { collectGarbage } from './inspector.ts'
import { findInspectorUrl } from './service-log.ts'

test('a process whose inspector is started from outside gives back what it does not need', async () => {
  const program = `
    let garbage = Array.from({ length: 2e6 }, (_, index) => ({ index }))
    setTimeout(() => { garbage = null; console.log('ready') })
    setInterval(() => console.log('used ' + process.memoryUsage().heapUsed), 20)`
  const child = spawn(process.execPath, ['--inspect-port=0', '-e', program])
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  const used = () => Number(/used (\d+)\n$/.exec(log)?.[1])
  try {
    await expect.poll(() => log.includes('ready') && used(), { timeout: 10_000 }).toBeGreaterThan(50e6)
    child.kill('SIGUSR1')
    await expect.poll(() => findInspectorUrl(log), { timeout: 10_000 }).toBeDefined()
    await collectGarbage(findInspectorUrl(log)!)
    await expect.poll(used).toBeLessThan(20e6)
  } finally {
    child.kill()
  }
})
