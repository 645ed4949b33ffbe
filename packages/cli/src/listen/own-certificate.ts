import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configDirectory, writePrivately } from '../connection/config-file.ts'

/** Certificate and private key, PEM, and the file with the certificate alone. */
export type OwnCertificate = { certPem: string; keyPem: string; certFile: string }

const DAY_MS = 86_400_000
const VALID_DAYS = 365

/**
 * The certificate with which `listen` speaks HTTPS on this machine: made once and kept, so that a service which trusts
 * it does so from then on. It is no authority: who trusts it trusts it for `localhost` and the loopback addresses only.
 */
export async function findOwnCertificate(
  env: Readonly<Record<string, string | undefined>>,
  nowMs = Date.now(),
): Promise<OwnCertificate> {
  const certFile = join(configDirectory(env), 'listen-cert.pem')
  const keyFile = join(configDirectory(env), 'listen-key.pem')
  const kept = await readKept(certFile, keyFile, nowMs)
  if (kept !== null) return { ...kept, certFile }
  const made = await makeCertificate(nowMs)
  await writePrivately(keyFile, made.keyPem)
  await writePrivately(certFile, made.certPem)
  return { ...made, certFile }
}

/** Null where there is none, or it soon is no longer valid. */
async function readKept(certFile: string, keyFile: string, nowMs: number) {
  try {
    const [certPem, keyPem] = [await readFile(certFile, 'utf8'), await readFile(keyFile, 'utf8')]
    return new X509Certificate(certPem).validToDate.getTime() - nowMs > DAY_MS ? { certPem, keyPem } : null
  } catch {
    return null
  }
}

async function makeCertificate(nowMs: number): Promise<{ certPem: string; keyPem: string }> {
  // Loaded only here: it takes as long as all the rest.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: 'workflow-webhooks listen' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { certPem: made.cert, keyPem: made.private }
}
