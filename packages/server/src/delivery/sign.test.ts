import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { sign, signatureHeader, signingKey } from './sign.ts'

const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('the example of the Standard Webhooks specification has the signature that it gives', () => {
  const message = {
    eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1614265330,
    body: Buffer.from('{"test": 2432232314}'),
  }
  expect(signatureHeader({ ...message, secrets: [whsec] })).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('signatures stand in the order of their secrets, separated by a space', () => {
  const message = { eventId: 'evt_1', timestampSeconds: 1, body: Buffer.from('{}') }
  const [first, second] = ['newer-secret-0123456789', whsec]
  expect(signatureHeader({ ...message, secrets: [first, second] })).toBe(
    `${signatureHeader({ ...message, secrets: [first] })} ${signatureHeader({ ...message, secrets: [second] })}`,
  )
})

test('what is signed are the bytes, not the text that they may be', () => {
  const message = { eventId: 'evt_1', timestampSeconds: 1 }
  const keys = [signingKey(whsec)]
  expect(sign(keys, { ...message, body: Buffer.from([0xff]) })).not.toBe(
    sign(keys, { ...message, body: Buffer.from('\ufffd') }),
  )
})

describe('the reference library', () => {
  const now = Math.floor(Date.now() / 1000)
  const eventId = fc.stringMatching(/^evt_[a-zA-Z0-9]{1,30}$/)
  const plainSecret = fc
    .stringMatching(/^[\x21-\x7e]{16,256}$/)
    .filter((secret) => !secret.startsWith('whsec_'))
  const base64Secret = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`)

  function reference(secret: string): Webhook {
    return secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
  }

  test('signs alike', () => {
    fc.assert(
      fc.property(eventId, fc.oneof(plainSecret, base64Secret), fc.json(), (id, secret, body) => {
        expect(
          signatureHeader({ eventId: id, timestampSeconds: now, body: Buffer.from(body), secrets: [secret] }),
        ).toBe(reference(secret).sign(id, new Date(now * 1000), body))
      }),
    )
  })

  test('verifies with either key during an overlap, and with no other', () => {
    const secrets = fc.uniqueArray(fc.oneof(plainSecret, base64Secret), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(eventId, secrets, fc.json(), (id, [newer, older, other], json) => {
        const body = Buffer.from(json)
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': `${now}`,
          'webhook-signature': signatureHeader({
            eventId: id,
            timestampSeconds: now,
            body,
            secrets: [newer!, older!],
          }),
        }
        reference(newer!).verify(body, headers)
        reference(older!).verify(body, headers)
        expect(() => reference(other!).verify(body, headers)).toThrow()
      }),
    )
  })
})
