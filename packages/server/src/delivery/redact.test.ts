import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor, type KeptResponse } from './redact.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwj/UPD8ILPZIo2L+aSw'
const olderSecret = 'an/older&secret<of>"ours"'
const token = 'tök3n/with+specials='
const signature =
  'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa='
const redactor = createRedactor({
  secrets: [secret, olderSecret],
  customHeaders: {
    authorization: `Bearer ${token}`,
    'x-basic': `Basic ${Buffer.from('user-name:pass-word').toString('base64')}`,
    'x-team': 'blue',
    'x-shard': '1',
  },
})

function response(changes: Partial<KeptResponse> = {}): KeptResponse {
  return { headers: [], body: Buffer.alloc(0), isTruncated: false, ...changes }
}

function redactBody(body: string | Buffer, isTruncated = false): string {
  const bytes = Buffer.from(body as string)
  return redactor.response(response({ body: bytes, isTruncated }), signature).body.toString()
}

describe('an echoed value', () => {
  const confidential = [
    secret,
    secret.slice('whsec_'.length),
    olderSecret,
    `Bearer ${token}`,
    token,
    'user-name:pass-word',
    'pass-word',
    'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  ]
  const ascii = (text: string) =>
    text.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const spelled: [how: string, spell: (value: string) => string | Buffer][] = [
    ['as it is', (value) => value],
    ['as Latin-1', (value) => Buffer.from(value, 'latin1')],
    ['in JSON', (value) => JSON.stringify({ value })],
    ['in JSON as Python has it', (value) => ascii(JSON.stringify({ value }))],
    ['in JSON as PHP has it', (value) => ascii(JSON.stringify({ value })).replaceAll('/', '\\/')],
    ['in a query', (value) => `a=${encodeURIComponent(value)}&b`],
    ['in a form', (value) => `${new URLSearchParams({ value })}`],
    [
      'in a query with lower-case hex',
      (value) => encodeURIComponent(value).replace(/%../g, (one) => one.toLowerCase()),
    ],
  ]
  test.each(spelled)('%s is replaced', (_how, spell) => {
    for (const value of confidential) {
      const text = redactBody(spell(value))
      expect(text, value).toContain('[redacted]')
      expect(text).not.toMatch(/MfKQ|older|k3n|pass-word|word|g0hM9|aaaaaa/)
    }
  })

  test('in HTML is replaced', () => {
    const html = '<p>an/older&amp;secret&lt;of&gt;&quot;ours&quot;</p>'
    expect(redactBody(html)).toBe('<p>[redacted]</p>')
  })

  test.each(['base64', 'base64url'] as const)('anywhere within a %s text is replaced', (encoding) => {
    for (const value of [secret, olderSecret, token, 'pass-word']) {
      for (const before of ['', 'x', 'xx', 'xxx']) {
        const text = redactBody(Buffer.from(`${before}${value}-and-more`).toString(encoding))
        expect(text).toContain('[redacted]')
        expect(Buffer.from(text.replace('[redacted]', ''), encoding).toString('latin1')).not.toContain(
          value.slice(2, -2),
        )
      }
    }
  })

  test('is replaced at every place, and what stands between is kept', () => {
    expect(redactBody(`1 ${secret} 2 ${olderSecret}${secret} 3`)).toBe('1 [redacted] 2 [redacted] 3')
  })

  test('goes as a whole where a part of it would go too', () => {
    const padded = `whsec_${Buffer.alloc(25, 7).toString('base64')}`
    const { response: redact } = createRedactor({ secrets: [padded], customHeaders: {} })
    const body = Buffer.from(`a ${padded} b`)
    expect(redact(response({ body }), signature).body.toString()).toBe('a [redacted] b')
  })

  test('in a header is replaced, in its name too', () => {
    const headers: KeptResponse['headers'] = [
      ['Date', 'Mon, 23 Nov 2026 21:02:00 GMT'],
      ['X-Echo', `secret=${secret}; signature="${signature}"`],
      [`x-${secret}`, 'ok'],
    ]
    expect(redactor.response(response({ headers }), signature).headers).toEqual([
      ['Date', 'Mon, 23 Nov 2026 21:02:00 GMT'],
      ['X-Echo', 'secret=[redacted]; signature="v1,[redacted]= v1,[redacted]="'],
      ['[redacted]', '[redacted]'],
    ])
  })
})

describe('a body that was cut off', () => {
  test('does not end with the beginning of a confidential value', () => {
    for (let length = 4; length < secret.length; length++)
      expect(redactBody(`{"secret":"${secret.slice(0, length)}`, true)).toBe('{"secret":"[redacted]')
  })

  test('keeps its end where it was not cut off', () => {
    expect(redactBody('the prefix is whsec_')).toBe('the prefix is whsec_')
  })
})

describe('a short custom value', () => {
  test.each([
    ['{"X-Team":"blue","X-Shard":"1"}', '{"X-Team":"[redacted]","X-Shard":"[redacted]"}'],
    ['{"x-shard": ["1"], "count": 1}', '{"x-shard": ["[redacted]"], "count": 1}'],
    ['HTTP_X_SHARD=1 HTTP_PORT=1', 'HTTP_X_SHARD=[redacted] HTTP_PORT=1'],
    ['x-shard: 12', 'x-shard: 12'],
    ['team blue won', 'team [redacted] won'],
    ['blueberries', 'blueberries'],
  ])('in %j leaves %j', (body, expected) => {
    expect(redactBody(body)).toBe(expected)
  })

  test('goes from an echo of its header, not from every header', () => {
    const headers: KeptResponse['headers'] = [
      ['X-Shard', '1'],
      ['Content-Length', '1'],
    ]
    expect(redactor.response(response({ headers }), signature).headers).toEqual([
      ['X-Shard', '[redacted]'],
      ['Content-Length', '1'],
    ])
  })
})

test('what is clean is given back as it is', () => {
  const clean = response({
    headers: [['content-type', 'application/json']],
    body: Buffer.from('{"ok":true}'),
  })
  expect(redactor.response(clean, signature)).toBe(clean)
})

test('bytes that are no text stay as they are', () => {
  const body = Buffer.from([0, 0xff, 0xfe, 0x80])
  expect(redactor.response(response({ body }), signature).body).toBe(body)
})

test.each(['gzip', 'br', 'deflate, gzip'])(
  'a body in %s, which could hide anything, is not kept',
  (encoding) => {
    const kept = redactor.response(
      response({ headers: [['Content-Encoding', encoding]], body: Buffer.from('x') }),
      signature,
    )
    expect(kept.body.toString()).toMatch(/not kept/)
  },
)

test('no part of a random answer lets a secret through', () => {
  const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom(secret, olderSecret, token, signature)))
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = redactBody(parts.join(''))
      for (const value of [secret, olderSecret, token]) expect(text).not.toContain(value)
    }),
  )
})

test('the log shows the names of all request headers, and the values of those that are no secret', () => {
  expect(
    redactor.requestHeaders([
      ...['content-type', 'application/json', 'x-outtake-secret', secret, 'webhook-id', 'evt_1'],
      ...['webhook-timestamp', '1', 'webhook-signature', signature, 'x-outtake-delivery-id', 'dlv_1'],
      ...['x-outtake-attempt', '2', 'user-agent', 'Outtake-Webhooks/1', 'X-Shard', '1'],
    ]),
  ).toEqual({
    'content-type': 'application/json',
    'x-outtake-secret': '[redacted]',
    'webhook-id': 'evt_1',
    'webhook-timestamp': '1',
    'webhook-signature': '[redacted]',
    'x-outtake-delivery-id': 'dlv_1',
    'x-outtake-attempt': '2',
    'user-agent': 'Outtake-Webhooks/1',
    'X-Shard': '[redacted]',
  })
})
