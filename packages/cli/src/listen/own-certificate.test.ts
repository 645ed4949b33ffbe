import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOwnCertificate } from './own-certificate.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-cli-'))
})
afterEach(() => rm(directory, { recursive: true }))

const find = (nowMs?: number) => findOwnCertificate({ XDG_CONFIG_HOME: directory }, nowMs)

test('it is for this machine alone, and who trusts it trusts no other certificate by it', async () => {
  const { certPem, certFile } = await find()
  const certificate = new X509Certificate(certPem)
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkHost('example.com')).toBeUndefined()
  expect(certificate.ca).toBe(false)
  const { mode } = await stat(certFile.replace('cert.pem', 'key.pem'))
  expect(mode & 0o777).toBe(0o600)
})

test('it is kept until shortly before its end', async () => {
  const { certPem } = await find()
  expect((await find()).certPem).toBe(certPem)
  expect((await find(Date.now() + 365 * 86_400_000)).certPem).not.toBe(certPem)
})
