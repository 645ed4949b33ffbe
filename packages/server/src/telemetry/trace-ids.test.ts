import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSampled, parseTraceparent, spanIdOf, traceIdOf } from './trace-ids.ts'

test('the trace of an event is found from its id, as docs/OPERATING.md says', () => {
  const sha256 = createHash('sha256').update('evt_1').digest('hex')
  expect(traceIdOf('evt_1')).toBe(sha256.slice(0, 32))
})

test('attempts of one delivery have spans of their own', () => {
  const ids = [spanIdOf('dlv_1'), spanIdOf('dlv_1', 1), spanIdOf('dlv_1', 2), spanIdOf('dlv_2', 1)]
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/)
})

test('a share of traces is kept, the same ones everywhere', () => {
  const traceIds = Array.from({ length: 2_000 }, (_, index) => traceIdOf(`evt_${index}`))
  const kept = traceIds.filter((traceId) => isSampled(traceId, 0.25)).length
  expect(kept).toBeGreaterThan(400)
  expect(kept).toBeLessThan(600)
  expect(traceIds.every((traceId) => isSampled(traceId, 1))).toBe(true)
  expect(traceIds.some((traceId) => isSampled(traceId, 0))).toBe(false)
})

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

test.each([
  [`00-${TRACE}-${SPAN}-01`, { traceId: TRACE, spanId: SPAN, isSampled: true }],
  [`00-${TRACE}-${SPAN}-00`, { traceId: TRACE, spanId: SPAN, isSampled: false }],
  [`01-${TRACE}-${SPAN}-03-more`, { traceId: TRACE, spanId: SPAN, isSampled: true }],
  [`ff-${TRACE}-${SPAN}-01`, undefined],
  [`00-${'0'.repeat(32)}-${SPAN}-01`, undefined],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
  [`00-${TRACE.toUpperCase()}-${SPAN}-01`, undefined],
  ['nonsense', undefined],
  [undefined, undefined],
])('traceparent %s', (header, parsed) => {
  expect(parseTraceparent(header)).toEqual(parsed)
})
