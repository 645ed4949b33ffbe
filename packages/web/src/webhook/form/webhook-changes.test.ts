import { expect, test } from 'vitest'
import type { Schema } from '../../api/client.ts'
import { newHeaderRow, toValues, type WebhookValues } from '../webhook-values.ts'
import { carryOver, changedFields, isAtStake, toEditBody } from './webhook-changes.ts'

const base: Schema<'Webhook'> = {
  webhookId: 'whk_1',
  workflowId: 'wfl_1',
  url: 'https://hooks.example.com/in',
  topics: ['workflow.item.created', 'workflow.item.resolved'],
  enabled: true,
  filters: { platform: ['email', 'web'] },
  headers: { Authorization: null, 'x-team': null },
  pauseAfter: '1d',
  version: 1,
  createdAt: '2026-11-23T21:00:00.000Z',
  updatedAt: '2026-11-23T21:00:00.000Z',
}

const before = toValues(base)
const kept = before.headers

function edited(change: Partial<WebhookValues>): WebhookValues {
  return { ...before, ...change }
}

test('what looks different but means the same is no change', () => {
  const same = edited({
    url: ` ${base.url} `,
    description: ' ',
    topics: ['workflow.item.resolved', 'workflow.item.created'],
    filters: { ...before.filters, platform: ['web', 'email'] },
    headers: [...kept].reverse().concat(newHeaderRow()),
    pauseAfter: '24h',
  })
  expect(changedFields(before, same)).toEqual([])
  expect(toEditBody(base, same)).toEqual({})
})

test.each<[Partial<WebhookValues>, Schema<'EditWebhook'>]>([
  [{ url: 'https://hooks.example.com/other' }, { url: 'https://hooks.example.com/other' }],
  [{ description: 'SOAR' }, { description: 'SOAR' }],
  [{ topics: ['workflow.item.created'] }, { topics: ['workflow.item.created'] }],
  [{ filters: { ...before.filters, platform: [] } }, { filters: null }],
  [
    { filters: { ...before.filters, newState: ['New'] } },
    { filters: { platform: ['email', 'web'], newState: ['New'] } },
  ],
  [{ headers: [] }, { headers: {} }],
  [{ pauseAfter: '' }, { pauseAfter: null }],
  [{ pauseAfter: '3d' }, { pauseAfter: '3d' }],
  [
    {
      headers: [kept[0]!, { ...kept[1]!, value: 'brand' }, { ...newHeaderRow(), name: 'x-env', value: 'p' }],
    },
    { headers: { Authorization: null, 'x-team': 'brand', 'x-env': 'p' } },
  ],
])('an edit sends the changed field and no other: %j', (change, body) => {
  expect(toEditBody(base, edited(change))).toEqual(body)
})

test('a description that is cleared is sent as null', () => {
  const described = { ...base, description: 'SOAR' }
  expect(toEditBody(described, edited({ description: '' }))).toEqual({ description: null })
})

test('what one changed is carried onto a newer version, all else is theirs', () => {
  const theirs = { ...base, version: 2, description: 'theirs', topics: base.topics.slice(0, 1) }
  const mine = edited({ url: 'https://mine.example.com/', description: 'mine' })
  const carried = carryOver(mine, before, theirs)
  expect(carried).toMatchObject({
    url: 'https://mine.example.com/',
    description: 'mine',
    topics: theirs.topics,
  })
  expect(toEditBody(theirs, carried)).toEqual({ url: 'https://mine.example.com/', description: 'mine' })
})

test('a stored value that they removed cannot be kept and must be given', () => {
  const theirs: Schema<'Webhook'> = { ...base, version: 2, headers: { 'X-Team': null } }
  const mine = edited({ headers: [...kept, { ...newHeaderRow(), name: 'x-env', value: 'p' }] })
  expect(carryOver(mine, before, theirs).headers).toMatchObject([
    { name: 'Authorization', value: '', isStored: false },
    { name: 'x-team', value: null, isStored: true },
    { name: 'x-env', value: 'p', isStored: false },
  ])
})

test('a newer version is at stake only where it may clash with what is typed', () => {
  const mine = edited({ description: 'mine' })
  const withHeader = edited({ headers: kept.slice(1) })
  const renamed = { ...base, version: 2, url: 'https://theirs.example.com/' }
  const rotated = { ...base, version: 2 }
  const off = { ...base, version: 2, enabled: false }
  expect(isAtStake(base, renamed, before)).toBe(false)
  expect(isAtStake(base, renamed, mine)).toBe(true)
  expect(isAtStake(base, rotated, mine)).toBe(false)
  expect(isAtStake(base, rotated, withHeader)).toBe(true)
  expect(isAtStake(base, off, mine)).toBe(false)
})
