import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificateAuthority, startService } from '@workflow-webhooks/testkit'
import { DemoError } from './demo-error.ts'
import { type DemoReceiver, type GenuineRequest, startDemoReceiver } from './demo-receiver.ts'
import type { Interruption } from './interruption.ts'
import { becomeFirstOperator, type SignIn } from './sign-in.ts'

/** What the demo runs on; it is gone when the demo ends. */
export type Environment = {
  serviceUrl: string
  /** An operator's key to the service; it is worth nothing once the demo has ended. */
  operatorKey: string
  /** An operator who signs in to the app. */
  signIn: SignIn
  receiver: DemoReceiver
}

/**
 * Starts a receiver with a certificate of its own, and the service on an embedded database, in a temporary
 * directory. The service trusts that certificate, and may send to this machine.
 *
 * @param cleanup takes down all that was started, also where the start fails half-way.
 * @throws DemoError where the service does not start; if it ends later, the demo is interrupted.
 */
export async function startEnvironment(options: {
  cleanup: AsyncDisposableStack
  interruption: Interruption
  onRequest: (genuine: GenuineRequest) => void
}): Promise<Environment> {
  const { cleanup, interruption, onRequest } = options
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-demo-'))
  cleanup.defer(() => rm(directory, { recursive: true, force: true }))

  const authority = createCertificateAuthority()
  const caFile = join(directory, 'ca.pem')
  await writeFile(caFile, authority.caPem)
  const receiver = await startDemoReceiver({ certificate: await authority.issue(), onRequest })
  cleanup.defer(() => receiver.stop())

  const operatorKey = `demo_${randomBytes(24).toString('base64url')}`
  const dataDir = join(directory, 'data')
  const service = await startService({
    dataDir,
    env: {
      OPERATOR_API_KEY: operatorKey,
      RETRY_DELAYS: '50ms,100ms,200ms,400ms',
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: caFile,
    },
  }).catch((cause: Error) => {
    throw new DemoError(cause.message, { cause })
  })
  let isStopping = false
  void service.exited.then((code) => {
    if (isStopping) return
    const log = service.logs().trimEnd().split('\n').slice(-20).join('\n')
    interruption.abort(
      new DemoError(`The service ended by itself (exit code ${code}). Its last lines:\n${log}`),
    )
  })
  cleanup.defer(async () => {
    isStopping = true
    await service.stop()
  })
  interruption.signal.throwIfAborted()
  const signIn = await becomeFirstOperator(service.url, dataDir, interruption.signal)
  return { serviceUrl: service.url, operatorKey, signIn, receiver }
}
