import { setImmediate as nextTurn } from 'node:timers/promises'
import { createCertificateAuthority, startReceiver, startReceiverProcess } from '@workflow-webhooks/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { createEgressGuard } from '../src/delivery/egress-guard.ts'
import { createSender, type Sender, type SenderOptions } from '../src/delivery/send.ts'

const authority = createCertificateAuthority()
const request = { headers: ['content-type', 'application/json'], body: Buffer.from('{}') }

function open(options: Partial<SenderOptions> = {}): Sender {
  const guard = createEgressGuard({ allow: ['127.0.0.0/8'] })
  const sender = createSender({ guard, extraCa: authority.caPem, ...options })
  onTestFinished(() => sender.destroy())
  return sender
}

test('the deadline ends a request that gets no answer, also on a connection that had given one', async () => {
  const receiver = await startReceiver({
    certificate: await authority.issue(),
    answer: ({ path }) => ({ hang: path === '/hang' }),
  })
  onTestFinished(() => receiver.stop())
  const { send } = open()
  for (const path of ['/hang', '/ok', '/hang']) {
    const result = await send({
      ...request,
      url: receiver.url(path),
      timeoutMs: path === '/ok' ? 5_000 : 150,
    })
    if (path === '/ok') continue
    expect(result).toMatchObject({
      outcome: 'failed',
      error: { code: 'timeout' },
      remoteAddress: '127.0.0.1',
    })
    expect(result.error!.message).toMatch(/within 150 ms: the request was sent/)
    expect(result.durationMs).toBeGreaterThanOrEqual(149)
    expect(result.statusCode).toBeUndefined()
  }
})

test('the deadline covers the resolving of the name', async () => {
  const guard = createEgressGuard({ allow: [], lookup: () => new Promise(() => {}) })
  const result = await open({ guard }).send({ ...request, url: 'https://hooks.example/', timeoutMs: 150 })
  expect(result).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
  expect(result.error!.message).toContain('still being resolved')
})

test('the deadline does not pass for an answer that was there while this process was busy', async () => {
  const receiver = await startReceiverProcess({ certificate: await authority.issue() })
  onTestFinished(() => receiver.stop())
  const { send } = open()
  await send({ ...request, url: receiver.url('/ok/'), timeoutMs: 5_000 })
  const result = send({ ...request, url: receiver.url('/slow/100/'), timeoutMs: 400 })
  for (let turn = 0; turn < 10; turn++) await nextTurn()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
  expect(await result).toMatchObject({ outcome: 'succeeded', statusCode: 204 })
})
