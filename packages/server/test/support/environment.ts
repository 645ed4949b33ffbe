import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createCertificateAuthority,
  type ReceiverProcess,
  startReceiverProcess,
} from '@workflow-webhooks/testkit'

export const OPERATOR_KEY = 'operator-key-of-the-tests'

/** A receiver in a process of its own, and the settings with which the service may send to it. */
export type ReceiverEnvironment = {
  receiver: ReceiverProcess
  settings: Record<string, string>
  remove(): Promise<void>
}

export async function createReceiverEnvironment(): Promise<ReceiverEnvironment> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-ca-'))
  const authority = await createCertificateAuthority()
  const caFile = join(directory, 'ca.pem')
  await writeFile(caFile, authority.caPem)
  const receiver = await startReceiverProcess({
    certificate: await authority.issue({ ipAddresses: ['127.0.0.1'] }),
  })
  return {
    receiver,
    settings: {
      OPERATOR_API_KEY: OPERATOR_KEY,
      ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'),
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: caFile,
      RETRY_DELAYS: '50ms,100ms,200ms,400ms',
    },
    async remove() {
      await receiver.stop()
      await rm(directory, { recursive: true })
    },
  }
}
