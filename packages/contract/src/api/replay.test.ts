import { expect, test } from 'vitest'
import { errorsOf } from '../../test/errors-of.ts'
import { replaySelectionSchema } from './replay.ts'

const from = '2026-01-01T00:00:00Z'
const to = '2026-01-02T00:00:00Z'

test('deliveries are chosen by status and time, by event, as missed, or by the gap check', () => {
  for (const good of [
    {},
    { status: 'canceled', from },
    { eventIds: ['evt_1'] },
    { missed: true, from, to },
    { gaps: true, from, to, latestOnly: true },
  ]) {
    expect(replaySelectionSchema.parse(good)).toEqual(good)
  }
})

test.each([
  [{ status: 'pending' }, 'status', 'must be one of succeeded, failed, canceled'],
  [{ eventIds: [] }, 'eventIds', 'must not be empty'],
  [{ eventIds: ['a', 'a'] }, 'eventIds[1]', 'is there twice'],
  [{ missed: true, from }, 'to', 'is required'],
  [{ gaps: true, to }, 'from', 'is required'],
  [{ missed: false, from, to }, 'missed', 'must be true'],
  [{ missed: true, from: to, to: from }, 'to', 'must not be before `from`'],
  [{ eventIds: ['a'], from }, 'from', 'cannot stand beside the other fields'],
  [{ missed: true, from, to, status: 'failed' }, 'status', 'cannot stand beside the other fields'],
  [{ stauts: 'failed' }, 'stauts', 'is not a known field'],
])('%j is told what is wrong with its own form', (body, field, message) => {
  expect(errorsOf(replaySelectionSchema, body)).toEqual([{ field, message }])
})
