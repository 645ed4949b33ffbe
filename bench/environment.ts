import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificateAuthority, type PostgresServer, startPostgres } from '@workflow-webhooks/testkit'
import { type Child, startChild } from './child.ts'
import type { LoadCalls } from './load.ts'
import type { ReceiverCalls } from './receiver.ts'

/** What all measurements share. */
export type Environment = {
  receiver: Child<ReceiverCalls>
  /** Where the receiver listens. */
  receiverOrigin: string
  load: Child<LoadCalls>
  postgres: PostgresServer
  /** The certificates that the receiver's is signed with: PEM, and a file of it. */
  caPem: string
  caFile: string
  /** An empty directory for what a measurement needs, removed at the end. */
  directory: string
  /** Ends and removes what is left, when all is done and when the user interrupts. */
  cleanup: AsyncDisposableStack
  /** Tells the user how far it has come. */
  note(text: string): void
}

/**
 * Starts the receiver, the load generator and a PostgreSQL server, each a process of its own.
 *
 * @param cleanup is told how to end and remove each as soon as it is there.
 */
export async function openEnvironment(cleanup: AsyncDisposableStack): Promise<Environment> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-bench-'))
  cleanup.defer(() => rm(directory, { recursive: true, force: true }))

  // Commits wait for the disk, as they do where a server is installed.
  const postgres = cleanup.adopt(await startPostgres(), (server) => server.stop())
  const receiver = cleanup.adopt(startChild<ReceiverCalls>('receiver.ts'), (child) => child.stop())
  const load = cleanup.adopt(startChild<LoadCalls>('load.ts'), (child) => child.stop())

  const authority = createCertificateAuthority()
  const receiverOrigin = await receiver.call('listen', await authority.issue())
  const caFile = join(directory, 'ca.pem')
  await writeFile(caFile, authority.caPem)

  return {
    receiver,
    receiverOrigin,
    load,
    postgres,
    caPem: authority.caPem,
    caFile,
    directory,
    cleanup,
    note: (text) => process.stderr.write(`${text}\n`),
  }
}
