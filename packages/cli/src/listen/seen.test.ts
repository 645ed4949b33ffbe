import { expect, test } from 'vitest'
import { createLedger } from './seen.ts'

test('an event that comes again is a repeat by the same delivery and a replay by another', () => {
  const ledger = createLedger()
  expect(ledger.see('/a', 'evt_1', 'dlv_1')).toBe('first')
  expect(ledger.see('/a', 'evt_1', 'dlv_1')).toBe('repeat')
  expect(ledger.see('/a', 'evt_1', 'dlv_2')).toBe('replay')
  expect(ledger.see('/a', 'evt_1', 'dlv_2')).toBe('repeat')
})

test('two webhooks that send one event to two paths repeat nothing', () => {
  const ledger = createLedger()
  ledger.see('/a', 'evt_1', 'dlv_1')
  expect(ledger.see('/b', 'evt_1', 'dlv_2')).toBe('first')
})

test('it remembers no more than it may, and forgets the oldest', () => {
  const ledger = createLedger(2)
  for (const event of ['evt_1', 'evt_2', 'evt_3']) ledger.see('/a', event, 'dlv')
  expect(ledger.see('/a', 'evt_3', 'dlv')).toBe('repeat')
  expect(ledger.see('/a', 'evt_1', 'dlv')).toBe('first')
})
