import { once, setMaxListeners } from 'node:events'
import { createApiClient } from './api-client.ts'
import { DemoError } from './demo-error.ts'
import type { GenuineRequest } from './demo-receiver.ts'
import { describeFeed, describeNextSteps, describeSetUp, describeStay } from './describe.ts'
import { type Environment, startEnvironment } from './environment.ts'
import { type Feed, readFeed } from './feed.ts'
import { runFeed } from './feed-run.ts'
import { gatherCounts } from './gather-counts.ts'
import { Interrupted, type Interruption, listenForInterruption } from './interruption.ts'
import { createOutput, type Output } from './output.ts'
import { sampleAlerts } from './sample-alerts.ts'
import { runSample } from './sample-run.ts'
import { setUp } from './set-up.ts'
import { showDelivery } from './show-request.ts'
import { createNumbering, type Stage } from './stage.ts'
import { formatSummary, summarize } from './summary.ts'

export type DemoOptions = {
  /** A CSV file whose rows are filed instead of the demo's own alerts. */
  feed?: string | undefined
  /** Whether the service stays up until Ctrl-C. */
  keep: boolean
}

/**
 * Plays the whole service through on this machine, and compares what it asked for with what the service has on
 * record and with what the receiver got. It leaves nothing behind, however it ends.
 *
 * @returns the exit code: 0, or 1 where the sums do not add up or something is wrong, which is then told.
 */
export async function runDemo({ feed: file, keep }: DemoOptions): Promise<number> {
  const output = createOutput()
  using interruption = listenForInterruption()
  // Every call and every pause of the demo listens.
  setMaxListeners(0, interruption.signal)
  try {
    const feed = file === undefined ? null : await readFeed(file)
    output.line(output.style('bold', 'Workflow Webhooks: the demo'))
    output.line()
    if (feed !== null) for (const text of describeFeed(file!, feed)) output.line(text)
    return await play({ output, interruption, feed, keep })
  } catch (error) {
    const reason: unknown = interruption.signal.aborted ? interruption.signal.reason : error
    output.endProgress()
    if (reason instanceof Interrupted) return reason.exitCode
    if (!(reason instanceof DemoError)) throw reason
    process.stderr.write(`${reason.message}\n`)
    return 1
  }
}

type Play = { output: Output; interruption: Interruption; feed: Feed | null; keep: boolean }

async function play({ output, interruption, feed, keep }: Play): Promise<number> {
  const { signal } = interruption
  const lines = (texts: string[]) => {
    for (const text of texts) output.line(text)
  }
  await using cleanup = new AsyncDisposableStack()
  let listener = (_: GenuineRequest) => {}

  lines(['Starting the service on an embedded database …'])
  const environment = await startEnvironment({
    cleanup,
    interruption,
    onRequest: (genuine) => listener(genuine),
  })
  const { serviceUrl, operatorKey: apiKey, receiver } = environment
  const api = createApiClient({ serviceUrl, apiKey, signal })
  const made = await setUp(api, receiver.url)
  receiver.useSecret(made.webhook.secret)
  lines(describeSetUp(environment, made))

  const stage: Stage = {
    output,
    api,
    receiver,
    workflowId: made.workflow.workflowId,
    signal,
    numberOf: createNumbering(),
    watch(given) {
      listener = given
    },
  }
  const run = feed === null ? await runSample(stage, sampleAlerts) : await runFeed(stage, feed.alerts)
  const summary = summarize(await gatherCounts(stage, made, run))
  lines(['', output.style('bold', 'Summary'), ...formatSummary(summary, output.style), ''])
  if (keep) await stayUp(stage, environment)
  else lines(describeNextSteps())
  return summary.addsUp ? 0 : 1
}

/** Shows what comes in until the user ends it. */
async function stayUp(stage: Stage, environment: Environment): Promise<void> {
  const { output, signal } = stage
  stage.watch((genuine) => showDelivery(output, genuine, stage.numberOf(genuine.payload.alert.alertId)))
  for (const text of describeStay(environment, stage.workflowId)) output.line(text)
  if (!signal.aborted) await once(signal, 'abort')
  if (!(signal.reason instanceof Interrupted)) throw signal.reason
  output.line()
  output.line('Stopping; nothing of it is kept.')
}
