import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadEncryptionKey } from './encryption-key.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'workflow-webhooks-')), 'data')
})
afterEach(() => rm(dirname(dataDir), { recursive: true, force: true }))

test('the key of the settings is used, and no file made', async () => {
  expect(await loadEncryptionKey({ encryptionKey: 'given', dataDir })).toBe('given')
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
})

test('without one, a key is made once, which only the owner can read', async () => {
  const key = await loadEncryptionKey({ encryptionKey: null, dataDir })
  expect(Buffer.from(key, 'base64')).toHaveLength(32)
  expect(await loadEncryptionKey({ encryptionKey: null, dataDir })).toBe(key)
  expect((await stat(join(dataDir, 'encryption-key'))).mode & 0o777).toBe(0o600)
})

test('two starts at once agree on one key', async () => {
  const config = { encryptionKey: null, dataDir }
  const [first, second] = await Promise.all([loadEncryptionKey(config), loadEncryptionKey(config)])
  expect(first).toBe(second)
})

test('a damaged file is never replaced, since secrets depend on it, nor quoted', async () => {
  await loadEncryptionKey({ encryptionKey: null, dataDir })
  const file = join(dataDir, 'encryption-key')
  await writeFile(file, 'half-a-key')
  const loading = loadEncryptionKey({ encryptionKey: null, dataDir })
  await expect(loading).rejects.toThrow('Restore it')
  await expect(loading).rejects.not.toThrow('half-a-key')
  expect(await readFile(file, 'utf8')).toBe('half-a-key')
})
