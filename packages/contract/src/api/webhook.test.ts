import { describe, expect, test } from 'vitest'
import { errorsOf } from '../../test/errors-of.ts'
import { previewWebhookSchema } from './event.ts'
import {
  checkUrlSchema,
  createWebhookSchema,
  editWebhookSchema,
  emptyBodySchema,
  rotateSecretSchema,
  webhookSchema,
} from './webhook.ts'

const webhook = { url: 'https://x.test/hook', topics: ['workflow.item.created'] }

describe('creating a webhook', () => {
  test('needs a URL and topics, and takes all else', () => {
    expect(errorsOf(createWebhookSchema, webhook)).toEqual([])
    expect(errorsOf(createWebhookSchema, {})).toEqual([
      { field: 'url', message: 'is required' },
      { field: 'topics', message: 'is required' },
    ])
    const rest = { description: '', secret: 'x'.repeat(16), enabled: false, filters: {}, headers: { a: 'b' } }
    expect(createWebhookSchema.parse({ ...webhook, ...rest })).toEqual({ ...webhook, ...rest })
  })

  test('topics are not empty, exist, and none is there twice', () => {
    const messages = (topics: unknown) => errorsOf(createWebhookSchema, { ...webhook, topics })
    expect(messages([])).toEqual([{ field: 'topics', message: 'must not be empty' }])
    expect(messages(['workflow.item.created', 'workflow.item.created'])).toEqual([
      { field: 'topics[1]', message: 'is there twice' },
    ])
    expect(messages(['workflow.item.gone'])[0]).toMatchObject({ field: 'topics[0]' })
  })

  test('null clears nothing, since nothing is there', () => {
    for (const field of ['description', 'filters', 'headers', 'secret', 'enabled']) {
      expect(errorsOf(createWebhookSchema, { ...webhook, [field]: null })[0]).toMatchObject({ field })
    }
  })

  test('it is paused after a time, or never', () => {
    for (const pauseAfter of ['24h', null])
      expect(createWebhookSchema.parse({ ...webhook, pauseAfter })).toMatchObject({ pauseAfter })
    expect(errorsOf(createWebhookSchema, { ...webhook, pauseAfter: '1m' })).toEqual([
      { field: 'pauseAfter', message: 'must be from 1h to 30d' },
    ])
  })

  test('a description has up to 1,000 characters', () => {
    expect(errorsOf(createWebhookSchema, { ...webhook, description: 'x'.repeat(1_000) })).toEqual([])
    expect(errorsOf(createWebhookSchema, { ...webhook, description: 'x'.repeat(1_001) })).toHaveLength(1)
  })

  test('a wrong custom header is named', () => {
    expect(errorsOf(createWebhookSchema, { ...webhook, headers: { Host: 'x', 'x-a': null } })).toEqual([
      { field: 'headers.Host', message: 'is set by us or by HTTP itself and cannot be a custom header' },
      { field: 'headers.x-a', message: 'must be text' },
    ])
  })
})

describe('editing a webhook', () => {
  test('changes only what is given, and null clears description and filters', () => {
    expect(editWebhookSchema.parse({})).toEqual({})
    expect(errorsOf(editWebhookSchema, { description: null, filters: null, headers: { a: null } })).toEqual(
      [],
    )
    for (const field of ['url', 'topics', 'enabled', 'headers']) {
      expect(errorsOf(editWebhookSchema, { [field]: null })[0]).toMatchObject({ field })
    }
  })

  test.each(['x'.repeat(20), null])('a secret (%j) is an error that tells to rotate it', (secret) => {
    expect(errorsOf(editWebhookSchema, { secret })).toEqual([
      { field: 'secret', message: 'cannot be changed here; rotate it with POST …/secret' },
    ])
  })
})

test('what is answered has no secret and no header values', () => {
  const answer = {
    ...webhook,
    webhookId: 'wh_1',
    workflowId: 'wf_1',
    enabled: true,
    headers: { authorization: null },
    version: 1,
    createdAt: '2026-11-23T21:00:00.000Z',
    updatedAt: '2026-11-23T21:00:00.000Z',
  }
  expect(webhookSchema.parse({ ...answer, secret: 'x' })).toEqual(answer)
  expect(webhookSchema.safeParse({ ...answer, headers: { authorization: 'Bearer x' } }).success).toBe(false)
})

test('a rotation takes a secret and an overlap, or nothing', () => {
  expect(errorsOf(rotateSecretSchema, {})).toEqual([])
  expect(errorsOf(rotateSecretSchema, { secret: 'x'.repeat(16), overlap: '24h' })).toEqual([])
  expect(errorsOf(rotateSecretSchema, { secret: '' })[0]).toMatchObject({ field: 'secret' })
})

test('a preview takes topics, and filters or none', () => {
  expect(errorsOf(previewWebhookSchema, { topics: webhook.topics })).toEqual([])
  expect(errorsOf(previewWebhookSchema, { topics: webhook.topics, filters: null })).toEqual([])
  expect(errorsOf(previewWebhookSchema, { filters: {} })).toEqual([
    { field: 'topics', message: 'is required' },
  ])
})

test('a URL to be checked may be any text, since what is wrong with it is the answer', () => {
  for (const url of ['', 'http://x.test', 'x'.repeat(5_000)])
    expect(errorsOf(checkUrlSchema, { url })).toEqual([])
  expect(errorsOf(checkUrlSchema, { url: 1 })).toEqual([{ field: 'url', message: 'must be text' }])
})

test('a call without a body takes an empty one and nothing else', () => {
  expect(errorsOf(emptyBodySchema, {})).toEqual([])
  expect(errorsOf(emptyBodySchema, JSON.parse('{"__proto__":1}'))).toHaveLength(1)
})
