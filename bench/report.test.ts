import { expect, test } from 'vitest'
import { formatReport, type Report, toJson } from './report.ts'
import { fullScale, quickScale } from './scale.ts'

const nine = { perSecond: 2_000, p99Ms: 12 }
const report: Report = {
  throughput: {
    raw: { perSecond: 10_000 },
    runs: [{ database: 'postgres', filing: 'batch', perSecond: 4_000, ratio: 0.4, peakRssMb: 180 }],
  },
  light: [{ database: 'embedded', p50Ms: 3.21, p99Ms: 9.87 }],
  isolation: { kept: 0.95, p99Ratio: 1.25, whileAnswering: nine, whileHanging: nine },
  pending: {
    count: 100_000,
    addedMb: 12.3456789,
    withFew: { count: 10_000, nextMs: 0.25, otherMs: 4 },
    withAll: { count: 100_000, nextMs: 0.26, otherMs: 4 },
  },
}

test('the JSON has the fields of the contract and no others', () => {
  expect(JSON.parse(toJson(report))).toEqual({
    raw: { perSecond: 10_000 },
    runs: [{ database: 'postgres', filing: 'batch', perSecond: 4_000, ratio: 0.4, peakRssMb: 180 }],
    light: [{ database: 'embedded', p50Ms: 3.21, p99Ms: 9.87 }],
    isolation: { kept: 0.95, p99Ratio: 1.25 },
    pending: { count: 100_000, addedMb: 12.3457 },
  })
  expect(toJson(report)).not.toContain('\n')
})

test('the table of a quick run cannot be taken for that of a full one', () => {
  expect(formatReport(report, quickScale)).toContain('QUICK')
  expect(formatReport(report, fullScale)).not.toContain('QUICK')
})

test('the table fits a terminal of 120 columns', () => {
  for (const line of formatReport(report, fullScale).split('\n')) expect(line.length).toBeLessThanOrEqual(120)
})
