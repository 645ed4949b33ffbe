import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { type VerifyOptions, verify } from '../src/verify.ts'
import { body, now, secret, sentAt, signedHeaders } from './sample.ts'

const failureOf = (options: Partial<VerifyOptions>) =>
  verify({ headers: signedHeaders(), body, secret, now, ...options }).then(
    () => 'none',
    (error) => error.failure ?? error,
  )

describe('a genuine request', () => {
  test('is accepted, and its headers are told', async () => {
    expect(await verify({ headers: signedHeaders(), body, secret, now })).toEqual({
      webhookId: 'evt_1',
      sentAt: new Date(sentAt),
      deliveryId: 'del_1',
      attempt: 2,
    })
  })

  test('is accepted in bytes, with Web headers, and with names in any case', async () => {
    const headers = signedHeaders()
    const upperCase = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    )
    expect(await failureOf({ body: new TextEncoder().encode(body) })).toBe('none')
    expect(await failureOf({ headers: new Headers(headers) })).toBe('none')
    expect(await failureOf({ headers: upperCase })).toBe('none')
  })

  test('is accepted with a secret that is not base64: its UTF-8 bytes are the key', async () => {
    const headers = signedHeaders({ key: Buffer.from('a secret of my own') })
    expect(await failureOf({ headers, secret: 'a secret of my own' })).toBe('none')
  })

  test('is accepted during a rotation, whichever side has both secrets', async () => {
    const old = { ...signedHeaders({ key: Buffer.from('the old secret') }) }
    const both = {
      ...old,
      'webhook-signature': `${signedHeaders()['webhook-signature']} ${old['webhook-signature']}`,
    }
    expect(await failureOf({ headers: both })).toBe('none')
    expect(await failureOf({ headers: both, secret: 'the old secret' })).toBe('none')
    expect(await failureOf({ headers: old, secret: [secret, 'the old secret'] })).toBe('none')
    expect(await failureOf({ headers: both, secret: 'another secret' })).toBe('signature_wrong')
  })
})

describe('what is not genuine is refused', () => {
  test('another body, id, time or secret', async () => {
    const headers = signedHeaders()
    expect(await failureOf({ body: `${body} ` })).toBe('signature_wrong')
    expect(await failureOf({ headers: { ...headers, 'webhook-id': 'evt_2' } })).toBe('signature_wrong')
    const oneLater = String(Number(headers['webhook-timestamp']) + 1)
    expect(await failureOf({ headers: { ...headers, 'webhook-timestamp': oneLater } })).toBe(
      'signature_wrong',
    )
    expect(await failureOf({ secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).toBe('signature_wrong')
  })

  test('a missing header, of each of the three', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      expect(await failureOf({ headers: { ...signedHeaders(), [name]: undefined } }), name).toBe(
        'header_missing',
      )
    }
  })

  test('a signature that is not one, or of another version', async () => {
    const { 'webhook-signature': good, ...others } = signedHeaders()
    const signatures = ['v1,', 'v1,%%%', good.slice(3), good.replace('v1', 'v2'), 'v1', good.slice(0, -8)]
    for (const signature of signatures) {
      const headers = { ...others, 'webhook-signature': signature }
      expect(await failureOf({ headers }), signature).toBe('signature_wrong')
    }
  })

  test('an id with a dot, which would let the timestamp and the body move into one another', async () => {
    const headers = signedHeaders({ id: 'evt_1.1', body: 'x' })
    expect(await failureOf({ headers, body: 'x' })).toBe('webhook_id_invalid')
  })

  test('a request older or newer than the tolerance, to the second', async () => {
    const at = (seconds: number) => ({ now: () => sentAt + seconds * 1000 })
    expect(await failureOf(at(300))).toBe('none')
    expect(await failureOf(at(301))).toBe('timestamp_too_old')
    expect(await failureOf(at(-300))).toBe('none')
    expect(await failureOf(at(-301))).toBe('timestamp_too_new')
    expect(await failureOf({ ...at(11), toleranceSeconds: 10 })).toBe('timestamp_too_old')
    expect(await failureOf({ toleranceSeconds: Number.NaN })).toBe('timestamp_too_new')
  })

  test('a timestamp that is not a number of seconds', async () => {
    for (const timestamp of ['soon', '-1', '1e9', '1.5', '0x10', ' 1', '9'.repeat(13)]) {
      const headers = { ...signedHeaders(), 'webhook-timestamp': timestamp }
      expect(await failureOf({ headers }), timestamp).toBe('timestamp_invalid')
    }
  })
})

test('a missing secret or a body that was parsed is the receiver’s own mistake', async () => {
  const broken = [undefined, '', [], ['x', ''], 'whsec_', 'whsec_%', 'whsec_ '] as VerifyOptions['secret'][]
  for (const missing of broken) {
    const verified = verify({ headers: signedHeaders(), body, secret: missing, now })
    await expect(verified, String(missing)).rejects.toThrow(TypeError)
  }
  const parsed = verify({ headers: signedHeaders(), body: JSON.parse(body), secret, now })
  await expect(parsed).rejects.toThrow(TypeError)
})

describe('agrees with the reference library of Standard Webhooks', () => {
  const requests = {
    key: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    text: fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.toWellFormed()),
  }

  test('that what it signs is genuine', async () => {
    await fc.assert(
      fc.asyncProperty(requests.key, requests.id, requests.text, async (key, id, text) => {
        const shared = `whsec_${Buffer.from(key).toString('base64')}`
        const headers = signedBy(shared, id, text)
        await verify({ headers, body: text, secret: shared, now })
      }),
    )
  })

  test('that what it signs is not genuine once a bit of the signature or a character is changed', async () => {
    const bits = fc.nat({ max: 32 * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(requests.key, requests.id, requests.text, bits, async (key, id, text, bit) => {
        const shared = `whsec_${Buffer.from(key).toString('base64')}`
        const headers = signedBy(shared, id, text)
        const signature = Buffer.from(headers['webhook-signature'].slice(3), 'base64')
        signature[bit >> 3]! ^= 1 << (bit & 7)
        const forged = { ...headers, 'webhook-signature': `v1,${signature.toString('base64')}` }
        expect(await failureOf({ headers: forged, body: text, secret: shared })).toBe('signature_wrong')
        expect(await failureOf({ headers, body: `${text}x`, secret: shared })).toBe('signature_wrong')
      }),
    )
  })

  function signedBy(shared: string, id: string, text: string) {
    return {
      'webhook-id': id,
      'webhook-timestamp': String(sentAt / 1000),
      'webhook-signature': new Webhook(shared).sign(id, new Date(sentAt), text),
    }
  }
})
