import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import * as der from './der.ts'

/** A private key (PKCS #8) and its certificate, both PEM: what `node:https` takes as `key` and `cert`. */
export interface Certificate {
  keyPem: string
  certPem: string
}

/** What a certificate is for; with neither names nor addresses, for `localhost`, 127.0.0.1 and ::1. */
export interface CertificateRequest {
  dnsNames?: string[]
  ipAddresses?: string[]
  /** An hour ago by default. */
  notBefore?: Date
  /** In 30 days by default; in the past for an expired certificate. */
  notAfter?: Date
}

/** A certificate authority of one's own, trusted by nobody who was not given `caPem`. */
export interface CertificateAuthority {
  caPem: string
  /** @throws TypeError for an address that is none. */
  issue(request?: CertificateRequest): Promise<Certificate>
}

const hourMs = 3_600_000
const algorithm = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2')) // ECDSA with SHA-256
const commonName = der.objectIdentifier('2.5.4.3')
const serverAuthentication = der.objectIdentifier('1.3.6.1.5.5.7.3.1')
const authorityName = 'Workflow Webhooks Test Authority'

/**
 * Makes a certificate authority whose certificates Node verifies: ECDSA P-256, with the extensions that
 * RFC 5280 section 4.2.1 asks of an authority and of a server.
 */
export function createCertificateAuthority(): CertificateAuthority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const caPem = makeCertificate({
    subject: authorityName,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    notBefore: new Date(Date.now() - hourMs),
    notAfter: new Date(Date.now() + 365 * 24 * hourMs),
    extensions: [
      basicConstraints(der.sequence(der.boolean(true), der.integer(Buffer.from([0])))),
      keyUsage(Buffer.from([0b0000_0110]), 1), // keyCertSign, cRLSign
      subjectKeyIdentifier(authority.publicKey),
    ],
  })
  return {
    caPem,
    async issue(request = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const certPem = makeCertificate({
        subject: 'Workflow Webhooks Test Receiver',
        publicKey,
        signingKey: authority.privateKey,
        notBefore: request.notBefore ?? new Date(Date.now() - hourMs),
        notAfter: request.notAfter ?? new Date(Date.now() + 30 * 24 * hourMs),
        extensions: [
          basicConstraints(der.sequence()),
          keyUsage(Buffer.from([0b1000_0000]), 7), // digitalSignature
          extension('2.5.29.37', der.sequence(serverAuthentication)),
          subjectAlternativeName(request),
          subjectKeyIdentifier(publicKey),
          extension('2.5.29.35', der.sequence(der.implicit(0, keyIdentifier(authority.publicKey)))),
        ],
      })
      return { keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certPem }
    },
  }
}

interface CertificateContent {
  subject: string
  publicKey: KeyObject
  signingKey: KeyObject
  notBefore: Date
  notAfter: Date
  extensions: Buffer[]
}

/** RFC 5280 section 4.1. */
function makeCertificate(content: CertificateContent): string {
  // OpenSSL takes two certificates of one issuer with the same serial number for the same certificate.
  const serialNumber = randomBytes(16)
  serialNumber[0] = 0x40 | (serialNumber[0]! & 0x3f) // as `der.integer` takes it
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))), // version 3
    der.integer(serialNumber),
    algorithm,
    name(authorityName),
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    name(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...content.extensions)),
  )
  const signature = sign('sha256', toBeSigned, content.signingKey)
  const base64 = der.sequence(toBeSigned, algorithm, der.bitString(signature)).toString('base64')
  const lines = base64.match(/.{1,64}/g)!.join('\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

const name = (text: string) => der.sequence(der.set(der.sequence(commonName, der.utf8String(text))))

function extension(identifier: string, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [der.boolean(true)] : []
  return der.sequence(der.objectIdentifier(identifier), ...critical, der.octetString(value))
}

const basicConstraints = (value: Buffer) => extension('2.5.29.19', value, true)

const keyUsage = (bits: Buffer, unusedBits: number) =>
  extension('2.5.29.15', der.bitString(bits, unusedBits), true)

const subjectKeyIdentifier = (key: KeyObject) => extension('2.5.29.14', der.octetString(keyIdentifier(key)))

/** The first 160 bits of a SHA-256 (RFC 7093 section 2) of the key's point, the last 65 bytes of its DER. */
function keyIdentifier(key: KeyObject): Buffer {
  const point = key.export({ type: 'spki', format: 'der' }).subarray(-65)
  return createHash('sha256').update(point).digest().subarray(0, 20)
}

function subjectAlternativeName({ dnsNames, ipAddresses }: CertificateRequest): Buffer {
  const isForLoopback = dnsNames === undefined && ipAddresses === undefined
  const names = isForLoopback ? ['localhost'] : (dnsNames ?? [])
  const addresses = isForLoopback ? ['127.0.0.1', '::1'] : (ipAddresses ?? [])
  return extension(
    '2.5.29.17',
    der.sequence(
      ...names.map((dnsName) => der.implicit(2, Buffer.from(dnsName, 'ascii'))),
      ...addresses.map((address) => der.implicit(7, addressBytes(address))),
    ),
  )
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (!isIPv6(address)) throw new TypeError(`Not an IP address: ${address}`)
  // A URL writes every address in one way: without zones, and the end of it in hexadecimal too.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const parse = (groups: string) =>
    groups === '' ? [] : groups.split(':').map((group) => parseInt(group, 16))
  const [first, last] = [parse(head), parse(tail ?? '')]
  const zeros = new Array<number>(8 - first.length - last.length).fill(0)
  return Buffer.from([...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 0xff]))
}
