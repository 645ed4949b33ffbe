import { constants } from 'node:os'
import { parseArgs } from 'node:util'
import { openEnvironment } from './environment.ts'
import { measureIsolation } from './isolation.ts'
import { measureLightLoad } from './light.ts'
import { measurePending } from './pending.ts'
import { formatReport, type Report, toJson } from './report.ts'
import { fullScale, quickScale, type Scale } from './scale.ts'
import { measureThroughput } from './throughput.ts'

/**
 * The benchmark: what the service makes of a machine, beside what the machine allows. The table goes to standard
 * output, progress to standard error.
 *
 *     --json    a last line with the numbers alone
 *     --quick   for development: measured once and briefly
 */
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})
const scale = options.quick ? quickScale : fullScale
const cleanup = new AsyncDisposableStack()
let isInterrupted = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    isInterrupted = true
    await cleanup.disposeAsync()
    process.exit(128 + constants.signals[signal])
  })
}

try {
  const report = await measure(scale)
  process.stdout.write(`${formatReport(report, scale)}\n`)
  if (options.json) process.stdout.write(`${toJson(report)}\n`)
} catch (error) {
  process.exitCode = 1
  // What an interruption breaks off fails; that is no news.
  if (!isInterrupted) console.error('The benchmark failed:', error)
} finally {
  await cleanup.disposeAsync()
}

async function measure(scale: Scale): Promise<Report> {
  const environment = await openEnvironment(cleanup)
  return {
    throughput: await measureThroughput(environment, scale),
    light: await measureLightLoad(environment, scale),
    isolation: await measureIsolation(environment, scale),
    pending: await measurePending(environment, scale),
  }
}
