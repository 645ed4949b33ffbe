import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps texts secret at rest. What it made reads only with the same key. */
export type Encryption = {
  encrypt(text: string): Buffer
  /** @throws Error if the bytes were made with another key, or are damaged. */
  decrypt(bytes: Buffer): string
}

/**
 * AES-256-GCM. Layout: version (1 byte, 1), key id (4 bytes: the first of the key's SHA-256), nonce (12 random
 * bytes), tag (16), ciphertext. The key id tells a changed key from damaged data.
 *
 * @param keyBase64 32 bytes.
 * @throws Error if it is anything else; the message does not quote it.
 */
export function createEncryption(keyBase64: string): Encryption {
  const key = parseKey(keyBase64)
  const head = Buffer.concat([Buffer.of(VERSION), createHash('sha256').update(key).digest().subarray(0, 4)])

  return {
    encrypt(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head)
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([head, nonce, cipher.getAuthTag(), ciphertext])
    },
    decrypt(bytes) {
      if (bytes.length < CIPHERTEXT_START || bytes[0] !== VERSION)
        throw new Error('what is to be decrypted has an unknown format')
      if (!bytes.subarray(0, head.length).equals(head))
        throw new Error('what is to be decrypted was encrypted with another key')
      const nonce = bytes.subarray(head.length, TAG_START)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(head)
        .setAuthTag(bytes.subarray(TAG_START, CIPHERTEXT_START))
      try {
        return decipher.update(bytes.subarray(CIPHERTEXT_START), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new Error('what is to be decrypted is damaged', { cause })
      }
    },
  }
}

const VERSION = 1
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const TAG_START = 5 + NONCE_BYTES
const CIPHERTEXT_START = TAG_START + TAG_BYTES

function parseKey(keyBase64: string): Buffer {
  const key = Buffer.from(keyBase64, 'base64')
  // Node passes over what is not base64, so that a mistyped key would be another, shorter or weaker one.
  const isCanonical = key.toString('base64').replace(/=+$/, '') === keyBase64.trim().replace(/=+$/, '')
  if (key.length !== KEY_BYTES || !isCanonical)
    throw new Error(`the encryption key must be the base64 of ${KEY_BYTES} bytes`)
  return key
}
