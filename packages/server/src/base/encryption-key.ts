import { hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createEncryption } from './encryption.ts'

/**
 * The key of secrets at rest, base64: that of the settings, otherwise the one in `DATA_DIR`, which is made (32 random
 * bytes, mode 0600) if there is none yet. Lose it, and all stored secrets are lost.
 *
 * @throws Error if the file cannot be read or written, or holds no key; the message does not quote it.
 */
export async function loadEncryptionKey(config: Pick<Config, 'encryptionKey' | 'dataDir'>): Promise<string> {
  if (config.encryptionKey !== null) return config.encryptionKey
  const file = join(config.dataDir, 'encryption-key')
  const key = (await readKey(file)) ?? (await makeKey(config.dataDir, file))
  try {
    createEncryption(key)
  } catch (cause) {
    throw new Error(`${file} does not hold an encryption key. Restore it from a backup.`, { cause })
  }
  return key
}

/** A key of its own for another purpose, base64: who learns the one learns nothing of the other (HKDF, RFC 5869). */
export function deriveKey(encryptionKey: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), '', purpose, 32)).toString(
    'base64',
  )
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written whole under another name first: a crash in between must not leave half a key. */
async function makeKey(directory: string, file: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    // Another process was faster: its key holds.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  return (await readFile(file, 'utf8')).trim()
}
