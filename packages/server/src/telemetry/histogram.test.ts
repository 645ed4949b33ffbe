import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { Histogram } from './histogram.ts'

test('a value counts in every bucket from its own on, and the registry shows it as Prometheus reads it', async () => {
  const histogram = new Histogram('wait_seconds', 'How long.', [0.1, 1])
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.series({ end: 'good' }).observe(value)
  histogram.series({ end: 'bad' }).observe(1)
  const registry = new Registry()
  registry.registerMetric(histogram as never)
  expect(await registry.metrics()).toBe(`# HELP wait_seconds How long.
# TYPE wait_seconds histogram
wait_seconds_bucket{end="good",le="0.1"} 2
wait_seconds_bucket{end="good",le="1"} 3
wait_seconds_bucket{end="good",le="+Inf"} 4
wait_seconds_sum{end="good"} 7.65
wait_seconds_count{end="good"} 4
wait_seconds_bucket{end="bad",le="0.1"} 0
wait_seconds_bucket{end="bad",le="1"} 1
wait_seconds_bucket{end="bad",le="+Inf"} 1
wait_seconds_sum{end="bad"} 1
wait_seconds_count{end="bad"} 1
`)
})
