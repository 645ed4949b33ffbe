import { expect, test } from 'vitest'
import { nothingMissing } from './nothing-missing.ts'

test('nothing is missing where all was had', () => {
  expect(nothingMissing({ examined: 200, pending: 0, noLongerKept: 0 })).toEqual({
    title: 'Nothing is missing',
    text: 'Of the 200 events in this time, this webhook has had all that its topics and filters matched.',
  })
})

test('while some are on the way, that is what is said first', () => {
  expect(nothingMissing({ examined: 200, pending: 136, noLongerKept: 0 })).toEqual({
    title: '136 are still on the way',
    text: 'Nothing else is missing of the 200 events in this time.',
  })
  expect(nothingMissing({ examined: 1, pending: 1, noLongerKept: 0 }).title).toBe('1 is still on the way')
})

test('it says no more than is still known', () => {
  expect(nothingMissing({ examined: 9, pending: 0, noLongerKept: 2 }).title).toBe(
    'Nothing is missing, as far as is still known',
  )
  expect(nothingMissing({ examined: 9, pending: 3, noLongerKept: 2 })).toEqual({
    title: '3 are still on the way',
    text: 'Nothing else is missing of the 9 events in this time, as far as is still known; 2 are so old that what became of them is no longer kept.',
  })
})
