/** Starts a receiver process, says where it is, and never ends: to be killed. */
import { createCertificateAuthority } from '../src/certificates.ts'
import { startReceiverProcess } from '../src/receiver-process.ts'

const receiver = await startReceiverProcess({ certificate: await createCertificateAuthority().issue() })
process.stdout.write(`${receiver.url()}\n`)
