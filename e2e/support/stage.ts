import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Api,
  createApi,
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
  /** What the receiver answers from now on, everywhere or at one path only; 204 at first. */
  answer(next: ReceiverAnswer, path?: string): void
  /** The one-time link of the first operator. */
  firstLink: string
  /** Calls the API with an operator's key. */
  call: Api['call']
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
  let answeredPath: string | undefined
  const receiver = await startReceiver({
    certificate: await authority.issue(),
    answer: ({ path }) => (path === (answeredPath ?? path) ? nextAnswer : {}),
  })
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
    call: createApi(service.url, OPERATOR_KEY).call,
    answer(next, path) {
      nextAnswer = next
      answeredPath = path
    },
    firstLink: (await readFile(join(dataDir, 'first-operator-link'), 'utf8')).trim(),
    async stop() {
      await service.stop()
      await receiver.stop()
      await rm(directory, { recursive: true })
    },
  }
}
