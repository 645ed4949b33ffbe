import { describe, expect, test } from 'vitest'
import { errorsOf, smallestAlert } from '../test/errors-of.ts'
import { alertChangesSchema, alertSchema } from './alert.ts'

const messageOf = (changes: object) => errorsOf(alertSchema, { ...smallestAlert, ...changes })
const url = (length: number) => `https://x.test/${'a'.repeat(length - 15)}`

test('an alert needs no more than its id, type, platform, subject and description', () => {
  expect(errorsOf(alertSchema, smallestAlert)).toEqual([])
  for (const field of Object.keys(smallestAlert)) {
    const { [field]: _, ...rest } = smallestAlert as Record<string, unknown>
    expect(errorsOf(alertSchema, rest)).toEqual([{ field, message: 'is required' }])
  }
})

test('all limits hold at their bounds', () => {
  const largest = {
    alertId: 'x'.repeat(128),
    type: 'account',
    platform: 'a0_-'.repeat(16),
    platformDisplayName: 'x'.repeat(1_000),
    subject: 'x'.repeat(1_000),
    contentTitle: 'x'.repeat(1_000),
    securityDescription: 'x'.repeat(16_384),
    agentReasoning: 'x'.repeat(65_536),
    links: { outtake: url(2_048), content: url(2_048), account: 'http://x.test' },
    previewImage: { url: url(2_048), width: 1, height: 1 },
  }
  expect(errorsOf(alertSchema, largest)).toEqual([])
})

describe('one more than the limit is an error', () => {
  test.each([
    ['alertId', { alertId: 'x'.repeat(129) }, 'must be at most 128 characters'],
    ['platform', { platform: 'x'.repeat(65) }, 'must be at most 64 characters'],
    ['platform', { platform: '' }, 'must not be empty'],
    ['platform', { platform: 'Email' }, 'must be made of a-z, 0-9, _ and -'],
    ['platformDisplayName', { platformDisplayName: 'x'.repeat(1_001) }, 'must be at most 1,000 characters'],
    ['subject', { subject: 'x'.repeat(1_001) }, 'must be at most 1,000 characters'],
    ['subject', { subject: '' }, 'must not be empty'],
    ['contentTitle', { contentTitle: 'x'.repeat(1_001) }, 'must be at most 1,000 characters'],
    ['securityDescription', { securityDescription: 'x'.repeat(16_385) }, 'must be at most 16 KiB'],
    ['securityDescription', { securityDescription: 'é'.repeat(8_193) }, 'must be at most 16 KiB'],
    ['agentReasoning', { agentReasoning: 'x'.repeat(65_537) }, 'must be at most 64 KiB'],
    ['links.content', { links: { content: url(2_049) } }, 'must be at most 2,048 characters'],
    ['type', { type: 'email' }, 'must be one of content, account'],
    ['contentTitle', { contentTitle: null }, 'must be text'],
    ['links', { links: [] }, 'must be an object'],
  ])('%s', (field, changes, message) => {
    expect(messageOf(changes)).toEqual([{ field, message }])
  })

  test.each([0, -1, 1.5, 2_147_483_648, '640', Number.NaN, null])('a preview width of %s', (width) => {
    expect(messageOf({ previewImage: { url: url(20), width, height: 1 } })).toEqual([
      { field: 'previewImage.width', message: 'must be a whole number from 1 to 2,147,483,647' },
    ])
  })
})

test('unknown fields are errors at every level, __proto__ too', () => {
  const alert = JSON.parse(
    JSON.stringify(smallestAlert).replace(
      '{',
      '{"__proto__":{"subject":"x"},"links":{"__proto__":1,"web":2},',
    ),
  )
  expect(errorsOf(alertSchema, { ...alert, extra: 1 })).toContainEqual({
    field: 'extra',
    message: 'is not a known field',
  })
  expect(errorsOf(alertSchema, alert)).toEqual([
    { field: 'links.__proto__', message: 'is not a known field' },
    { field: 'links.web', message: 'is not a known field' },
    { field: '__proto__', message: 'is not a known field' },
  ])
})

describe('what a move may change', () => {
  test('is anything but whom the alert is about', () => {
    expect(errorsOf(alertChangesSchema, {})).toEqual([])
    expect(errorsOf(alertChangesSchema, { agentReasoning: 'new', links: { content: url(20) } })).toEqual([])
    for (const field of ['alertId', 'type', 'platform'] as const) {
      expect(errorsOf(alertChangesSchema, { [field]: smallestAlert[field] })).toEqual([
        { field, message: 'is not a known field' },
      ])
    }
  })

  test('is held to the same limits, and null is no value', () => {
    expect(errorsOf(alertChangesSchema, { subject: '' })).toEqual([
      { field: 'subject', message: 'must not be empty' },
    ])
    expect(errorsOf(alertChangesSchema, { agentReasoning: null })).toEqual([
      { field: 'agentReasoning', message: 'must be text' },
    ])
  })
})
