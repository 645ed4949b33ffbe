import { pauseAfterSchema } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { durationWords, isSameDuration, pauseChoices, pauseText } from './pause-text.ts'

test('each choice of the form is one that the API takes', () => {
  for (const choice of pauseChoices) expect(pauseAfterSchema.safeParse(choice).success).toBe(true)
})

test.each([
  ['1h', '1 hour'],
  ['90m', '90 minutes'],
  ['24h', '24 hours'],
  ['1d', '24 hours'],
  ['36h', '36 hours'],
  ['48h', '2 days'],
  ['7d', '7 days'],
  ['3600001ms', '60 minutes'],
])('%s is said as %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words)
})

test('a webhook is paused after so long, or never', () => {
  expect(pauseText('3d')).toBe('after failing for 3 days')
  expect(pauseText('')).toBe('never')
})

test('a duration is the same however it is written, and none is no other', () => {
  expect(isSameDuration('1d', '24h')).toBe(true)
  expect(isSameDuration('1h', '24h')).toBe(false)
  expect(isSameDuration('', '24h')).toBe(false)
  expect(isSameDuration('', '')).toBe(true)
})
