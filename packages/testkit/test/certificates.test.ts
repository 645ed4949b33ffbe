import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { type Certificate, createCertificateAuthority } from '../src/certificates.ts'

const authority = createCertificateAuthority()

test('Node trusts a certificate for the names and addresses that it was issued for', async () => {
  const certificate = await authority.issue({ dnsNames: ['receiver.test'], ipAddresses: ['127.0.0.1'] })
  await expect(greet(certificate, authority.caPem)).resolves.toBe(200)
  await expect(greet(certificate, authority.caPem, 'receiver.test')).resolves.toBe(200)
  await expect(greet(certificate, authority.caPem, 'other.test')).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
})

test('without names a certificate is for loopback', async () => {
  const { certPem } = await authority.issue()
  expect(new X509Certificate(certPem).subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  )
})

test('addresses of both families are taken in all their spellings', async () => {
  const { certPem } = await authority.issue({
    ipAddresses: ['10.0.255.1', '2001:DB8::a:1', '::ffff:10.0.0.1'],
  })
  const certificate = new X509Certificate(certPem)
  for (const address of ['10.0.255.1', '2001:db8:0:0:0:0:a:1', '::ffff:a00:1']) {
    expect(certificate.checkIP(address), address).toBe(address)
  }
  await expect(authority.issue({ ipAddresses: ['receiver.test'] })).rejects.toThrow(TypeError)
})

test('another authority’s certificates are not trusted', async () => {
  const certificate = await authority.issue()
  await expect(greet(certificate, createCertificateAuthority().caPem)).rejects.toThrow()
})

test('a certificate is refused before and after its time', async () => {
  const [past, future] = [new Date(Date.now() - 60_000), new Date('2055-01-01T00:00:00Z')]
  const expired = await authority.issue({ notAfter: past })
  await expect(greet(expired, authority.caPem)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' })
  const early = await authority.issue({ notBefore: future, notAfter: new Date('2056-01-01T00:00:00Z') })
  await expect(greet(early, authority.caPem)).rejects.toMatchObject({ code: 'CERT_NOT_YET_VALID' })
  expect(new X509Certificate(early.certPem).validFromDate).toEqual(future)
})

test('the certificate names its issuer’s key, and no two have one serial number', async () => {
  const ca = new X509Certificate(authority.caPem)
  const issued = await Promise.all([authority.issue(), authority.issue()])
  const [one, two] = issued.map(({ certPem }) => new X509Certificate(certPem))
  expect(ca.ca).toBe(true)
  expect(one!.ca).toBe(false)
  expect(one!.checkIssued(ca)).toBe(true)
  expect(one!.verify(ca.publicKey)).toBe(true)
  const subjectKeyIdentifier = Buffer.from('0603551d0e04160414', 'hex')
  const keyAt = ca.raw.indexOf(subjectKeyIdentifier) + subjectKeyIdentifier.length
  expect(keyAt).toBeGreaterThan(subjectKeyIdentifier.length)
  expect(one!.raw.includes(ca.raw.subarray(keyAt, keyAt + 20))).toBe(true)
  expect(one!.serialNumber).not.toBe(two!.serialNumber)
})

async function greet({ keyPem, certPem }: Certificate, ca: string, servername?: string) {
  const server = createServer({ key: keyPem, cert: certPem }, (_, response) => response.end())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const outgoing = request({ host: '127.0.0.1', port, ca, servername, agent: false }).end()
    const [response] = await once(outgoing, 'response')
    response.resume()
    return response.statusCode
  } finally {
    server.close()
  }
}
