import { expect, test } from 'vitest'
import {
  canKeepSecret,
  carryOver,
  changedFields,
  isClash,
  type NoticeValues,
  noticeErrors,
  toAddresses,
  toBody,
  toFormErrors,
  toValues,
} from './notice-values.ts'

const nowhere = { emails: [] }
const url = 'https://ops.example.com/in'
const stored = { webhook: { url }, emails: ['ada@example.com', 'bob@example.com'] }
const secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

const edited = (change: Partial<NoticeValues>): NoticeValues => ({ ...toValues(stored), ...change })

test('what is stored goes through the form unchanged, and its secret is kept', () => {
  expect(changedFields(stored, toValues(stored))).toEqual([])
  expect(toBody(toValues(stored))).toEqual({ webhook: { url }, emails: stored.emails })
})

test('a secret that is offered is no change until there is a URL', () => {
  const values = toValues(nowhere)
  expect(values.secret).toMatch(/^whsec_/)
  expect(changedFields(nowhere, values)).toEqual([])
  expect(toBody(values)).toBeUndefined()
  expect(toBody({ ...values, url: ` ${url} ` })).toEqual({
    webhook: { url, secret: values.secret },
    emails: [],
  })
})

test.each<[Partial<NoticeValues>, string[]]>([
  [{ url: ` ${url} `, emails: stored.emails.toReversed() }, []],
  [{ url: '' }, ['webhook']],
  [{ secret }, ['webhook']],
  [{ url: '', secret, emails: [] }, ['webhook', 'emails']],
  [{ emails: ['ada@example.com'] }, ['emails']],
])('of %j these have changed: %j', (change, fields) => {
  expect(changedFields(stored, edited(change))).toEqual(fields)
})

test('what somebody else set meanwhile stays, but for what was changed here too', () => {
  const theirs = { webhook: { url: 'https://theirs.example.com/' }, emails: stored.emails }
  const mine = edited({ emails: ['ada@example.com'] })
  expect(isClash(mine, stored, theirs)).toBe(false)
  expect(toBody(carryOver(mine, stored, theirs))).toEqual({
    webhook: theirs.webhook,
    emails: ['ada@example.com'],
  })
  const moved = edited({ url: 'https://mine.example.com/' })
  expect(isClash(moved, stored, theirs)).toBe(true)
  expect(carryOver(moved, stored, theirs).url).toBe('https://mine.example.com/')
})

test('a secret that somebody else removed cannot be kept: another is offered', () => {
  const moved = edited({ url: 'https://mine.example.com/' })
  expect(moved.secret).toBeNull()
  expect(carryOver(moved, stored, nowhere).secret).toMatch(/^whsec_/)
})

test.each<[string, boolean]>([
  [url, true],
  [' https://ops.example.com/elsewhere', true],
  ['https://ops.exam', false],
  ['https://ops.example.com:8443/in', false],
  // It cannot be saved: whether it moves is not known yet.
  ['https://', true],
  ['', true],
])('the stored secret goes to no other host: with %j it may be kept: %j', (moved, canKeep) => {
  expect(canKeepSecret(stored, edited({ url: moved }))).toBe(canKeep)
  expect(canKeepSecret(nowhere, edited({ url: moved }))).toBe(false)
})

test('what is pasted is taken apart, and no address is there twice', () => {
  expect(toAddresses(['Ada@example.com, bob@example.com', 'ada@example.com;eve@example.com '])).toEqual([
    'ada@example.com',
    'bob@example.com',
    'eve@example.com',
  ])
})

test('each field has the error that the API would give, an address with its own', () => {
  expect(noticeErrors(toValues(stored))).toEqual({})
  expect(noticeErrors({ url: 'http://x', secret: 'short', emails: ['ada@example.com', 'bob'] })).toEqual({
    url: 'Must begin with https://.',
    secret: 'Must be 16 to 256 characters.',
    emails: 'bob: Must be an e-mail address such as ada@example.com.',
  })
})

test('errors of an answer stand beside the fields that they are about', () => {
  const errors = { 'webhook.url': 'Not there.', emails: 'Must be empty.' }
  expect(toFormErrors(errors, edited({}))).toEqual({ url: 'Not there.', emails: 'Must be empty.' })
})
