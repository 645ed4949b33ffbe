import type { Alert } from '@workflow-webhooks/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../base/errors.ts'
import { applyCalls, type FileResult, type ItemCall, type MoveResult } from './apply-calls.ts'
import type { KnownItem } from './item.ts'

const NOW = Date.parse('2026-11-23T21:00:00Z')
const context = {
  now: NOW,
  itemUrl: (workflowId: string, itemId: string) => `https://app/${workflowId}/${itemId}`,
}
const workflow = {
  workflowId: 'w',
  profileId: 'p',
  name: 'Brand impersonation',
  states: ['New', 'In review', 'Resolved'],
  initialState: 'New',
  resolvedState: 'Resolved',
  previewImages: false,
  configurationVersion: 1,
}
const workflows = new Map([['w', workflow]])

function alert(alertId: string, fields: Partial<Alert> = {}): Alert {
  return {
    alertId,
    type: 'content',
    platform: 'email',
    subject: 'Hello',
    securityDescription: '',
    ...fields,
  }
}

function knownItem(fields: Partial<KnownItem> = {}): KnownItem {
  return {
    itemId: 'i',
    workflowId: 'w',
    alertId: 'a',
    state: 'New',
    sequence: 1,
    createdEventId: 'e1',
    latestEventId: 'e1',
    occurredAt: NOW - 1000,
    alert: alert('a'),
    ...fields,
  }
}

const file = (alertId: string, state?: string, path = ''): ItemCall => ({
  kind: 'file',
  workflowId: 'w',
  profileId: 'p',
  entries: [{ alert: alert(alertId), state, path }],
})
const move = (alertId: string, ...states: string[]): ItemCall => ({
  kind: 'move',
  workflowId: 'w',
  profileId: 'p',
  entries: states.map((state, index) => ({ alertId, state, path: `transitions[${index}].` })),
})

test('a filed alert becomes an item in the initial state, with sequence 1', () => {
  const { outcomes, changes, items } = applyCalls([file('a')], { workflows, items: [] }, context)
  const [result] = outcomes[0] as FileResult[]
  expect(result).toMatchObject({ alertId: 'a', state: 'New', sequence: 1, created: true })
  expect(changes).toHaveLength(1)
  expect(changes[0]).not.toHaveProperty('previousState')
  expect(items).toMatchObject([{ isNew: true, item: { itemId: result!.itemId, sequence: 1 } }])
})

test('the same alert filed again, in another call or in one batch, answers the present state and changes nothing', () => {
  const calls: ItemCall[] = [file('a'), move('a', 'In review'), file('a', 'Resolved')]
  const { outcomes, changes } = applyCalls(calls, { workflows, items: [] }, context)
  const [first] = outcomes[0] as FileResult[]
  expect(outcomes[2]).toEqual([{ ...first, state: 'In review', sequence: 2, created: false }])
  expect(changes).toHaveLength(2)
})

test('a move to the present state makes no change and no sequence', () => {
  const { outcomes, changes, items } = applyCalls(
    [move('a', 'New')],
    { workflows, items: [knownItem()] },
    context,
  )
  expect(outcomes[0]).toEqual([{ itemId: 'i', state: 'New', sequence: 1, changed: false }])
  expect(changes).toEqual([])
  expect(items).toEqual([])
})

test('an item may be moved several times in one call: one change each, in order', () => {
  const call = move('a', 'In review', 'Resolved', 'Resolved', 'New')
  const { outcomes, changes, items } = applyCalls([call], { workflows, items: [knownItem()] }, context)
  expect((outcomes[0] as MoveResult[]).map((result) => [result.sequence, result.changed])).toEqual([
    [2, true],
    [3, true],
    [3, false],
    [4, true],
  ])
  expect(changes.map((change) => [change.previousState, change.item.state])).toEqual([
    ['New', 'In review'],
    ['In review', 'Resolved'],
    ['Resolved', 'New'],
  ])
  expect(items).toMatchObject([{ isNew: false, item: { state: 'New', sequence: 4 } }])
})

test('a call that fails changes nothing and does not disturb the others', () => {
  const calls = [move('a', 'In review', 'Nowhere'), file('b'), move('a', 'Resolved')]
  const { outcomes, changes, items } = applyCalls(calls, { workflows, items: [knownItem()] }, context)
  expect(outcomes[0]).toBeInstanceOf(AppError)
  expect((outcomes[0] as AppError).fields).toMatchObject([{ field: 'transitions[1].state' }])
  expect(outcomes[2]).toMatchObject([{ state: 'Resolved', sequence: 2 }])
  expect(changes.map((change) => change.item.state)).toEqual(['New', 'Resolved'])
  expect(items).toHaveLength(2)
})

test('an alert of a call that failed can be filed by a later one', () => {
  const failing: ItemCall = {
    kind: 'file',
    workflowId: 'w',
    profileId: 'p',
    entries: [
      { alert: alert('a'), path: 'items[0].' },
      { alert: alert('b'), state: 'Nowhere', path: 'items[1].' },
    ],
  }
  const { outcomes } = applyCalls([failing, file('a')], { workflows, items: [] }, context)
  expect(outcomes[0]).toBeInstanceOf(AppError)
  expect(outcomes[1]).toMatchObject([{ created: true, sequence: 1 }])
})

test("another profile's workflow, and an item of another workflow, are not found", () => {
  const foreign = { ...file('a'), profileId: 'other' }
  const elsewhere = knownItem({ workflowId: 'other' })
  const byId: ItemCall = {
    kind: 'move',
    workflowId: 'w',
    profileId: null,
    entries: [{ itemId: 'i', state: 'New', path: '' }],
  }
  const { outcomes } = applyCalls([foreign, byId], { workflows, items: [elsewhere] }, context)
  expect(outcomes).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }])
})

test('an expected state that no longer holds is a conflict', () => {
  const call = move('a', 'Resolved')
  Object.assign(call.entries[0]!, { expectedState: 'In review' })
  const { outcomes } = applyCalls([call], { workflows, items: [knownItem()] }, context)
  expect(outcomes).toMatchObject([{ code: 'state_conflict' }])
})

test('the time of an event never runs backwards along the sequence of its item', () => {
  const later = knownItem({ occurredAt: NOW + 5000 })
  const { changes } = applyCalls([move('a', 'Resolved')], { workflows, items: [later] }, context)
  expect(changes[0]!.occurredAt).toBe(NOW + 5000)
})

test('a move carries what has changed of the alert, and the rest stays', () => {
  const call = move('a', 'Resolved', 'New')
  Object.assign(call.entries[0]!, { alert: { agentReasoning: 'Taken down.' } })
  const { changes } = applyCalls([call], { workflows, items: [knownItem()] }, context)
  expect(changes[0]!.alert).toMatchObject({ alertId: 'a', subject: 'Hello', agentReasoning: 'Taken down.' })
  expect(changes[1]!.alert.agentReasoning).toBe('Taken down.')
})

test('sequences count every change of an item from 1 without gaps, whatever the calls', () => {
  const state = fc.constantFrom('New', 'In review', 'Resolved', 'Nowhere')
  const alertId = fc.constantFrom('a', 'b', 'c')
  const call = fc.oneof(
    fc.tuple(alertId, state).map(([id, to]) => file(id, to)),
    fc.tuple(alertId, fc.array(state, { minLength: 1, maxLength: 4 })).map(([id, to]) => move(id, ...to)),
  )
  fc.assert(
    fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
      const { changes } = applyCalls(calls, { workflows, items: [] }, context)
      const last = new Map<string, { sequence: number; state: string }>()
      for (const change of changes) {
        const before = last.get(change.item.itemId)
        expect(change.item.sequence).toBe((before?.sequence ?? 0) + 1)
        expect(change.previousState).toBe(before?.state)
        expect(change.item.state).not.toBe(before?.state)
        last.set(change.item.itemId, change.item)
      }
    }),
  )
})
