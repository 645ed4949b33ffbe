import { expect, test } from 'vitest'
import { describeReceived } from './describe.ts'
import type { Examined } from './examine.ts'

const style = (_: unknown, text: string): string => text
const at = new Date(2026, 10, 23, 21, 0, 0)
const refused: Examined = {
  webhookId: 'evt_1',
  deliveryId: 'dlv_1',
  attempt: 2,
  isVerified: false,
  failure: { code: 'signature_wrong', message: 'webhook-signature is wrong' },
  seen: null,
  payload: null,
}

test('what is not genuine is said to be refused, and why', () => {
  expect(describeReceived(refused, { status: 401, isForwarded: false, error: null }, { style, at })).toEqual([
    '21:00:00  refused',
    '          attempt 2  ✗ not verified: webhook-signature is wrong  answered 401',
  ])
})

test('what is genuine but no delivery is said to be that', () => {
  const failure = { code: 'payload_invalid', message: 'topics: is required' }
  const lines = describeReceived(
    { ...refused, isVerified: true, failure },
    { status: 400, isForwarded: false, error: null },
    { style, at },
  )
  expect(lines.join('\n')).toMatch(/no delivery\n.*✗ topics: is required {2}answered 400$/)
})
