import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createCertificateAuthority,
  type Receiver,
  type ReceiverAnswer,
  type ServiceProcess,
  startReceiver,
  startService,
} from '@workflow-webhooks/testkit'

/** The service as a user starts it, on an embedded database, and a receiver that it may send to. */
export type Stage = {
  service: ServiceProcess
  receiver: Receiver
  /** What the receiver answers from now on; 204 at first. */
  answer(next: ReceiverAnswer): void
  /** The one-time link of the first operator. */
  firstLink: string
  /** Calls the API with an operator's key. @throws Error unless the answer is a 2xx. */
  call<T = Record<string, string>>(method: string, path: string, body?: object): Promise<T>
  stop(): Promise<void>
}

const OPERATOR_KEY = 'operator-key-of-the-tests'

/** Starts both, in a directory of their own. */
export async function startStage(settings: Record<string, string> = {}): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-e2e-'))
  const dataDir = join(directory, 'data')
  const authority = createCertificateAuthority()
  const caFile = join(directory, 'ca.pem')
  await writeFile(caFile, authority.caPem)
  let nextAnswer: ReceiverAnswer = {}
  const receiver = await startReceiver({ certificate: await authority.issue(), answer: () => nextAnswer })
  const service = await startService({
    dataDir,
    timeoutMs: 180_000,
    env: {
      OPERATOR_API_KEY: OPERATOR_KEY,
      RETRY_DELAYS: '50ms,100ms,200ms,400ms',
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: caFile,
      ...settings,
    },
  })
  return {
    service,
    receiver,
    answer(next) {
      nextAnswer = next
    },
    firstLink: (await readFile(join(dataDir, 'first-operator-link'), 'utf8')).trim(),
    async call<T>(method: string, path: string, body?: object) {
      const answer = await fetch(`${service.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${OPERATOR_KEY}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
    async stop() {
      await service.stop()
      await receiver.stop()
      await rm(directory, { recursive: true })
    },
  }
}
