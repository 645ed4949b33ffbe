import { setTimeout as pause } from 'node:timers/promises'
import type { PreviewedReplay, Replay, ReplaySelection } from '@workflow-webhooks/contract'
import { type Api, path } from '../connection/api.ts'
import type { Context } from '../context.ts'
import { EXIT, Interrupted, UsageError } from '../exit.ts'
import { canAsk, confirm } from '../terminal/ask.ts'
import type { Output } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { formatCount, plural } from '../terminal/words.ts'

export type SelectionOptions = {
  workflowId: string
  webhookId: string
  selection: ReplaySelection
  /** Whether it is done without asking. */
  isConfirmed: boolean
  /** Whether it only says how many events it would take. */
  isDryRun: boolean
}

const POLL_MS = 500

/**
 * Says how many events a replay takes, asks where somebody is there to answer, starts it and shows how far it is.
 *
 * @returns the exit code.
 * @throws UsageError where it is to ask and nobody is there to answer.
 */
export async function replaySelection(
  context: Context,
  api: Api,
  output: Output,
  options: SelectionOptions,
): Promise<number> {
  const { workflowId, webhookId, selection, isConfirmed, isDryRun } = options
  const mustAsk = !isConfirmed && !isDryRun
  if (mustAsk && !canAsk(context))
    throw new UsageError(
      'Where there is no terminal, nobody can be asked: give --yes to replay, or --dry-run to see how many events that takes.',
    )
  const replays = path`/workflows/${workflowId}/webhooks/${webhookId}/replays`
  const preview = await api.post<PreviewedReplay>(`${replays}/preview`, selection)
  const { total, moved } = preview
  output.tell({ type: 'preview', ...preview, selection }, describePreview(preview, 'latestOnly' in selection))
  if (total === 0 || isDryRun) return EXIT.done
  if (mustAsk && !(await confirm(context, `Replay ${plural(total, 'event')}?`))) {
    output.note('Nothing was replayed.')
    return EXIT.no
  }
  const { replayId } = await api.post<{ replayId: string }>(replays, selection)
  output.tell({ type: 'started', replayId, total, moved })
  const replay = await follow(context, api, output, `${replays}/${replayId}`)
  output.tell({ type: 'replay', ...replay }, [describeEnd(replay, output.style)])
  return replay.state === 'canceled' || replay.failed > 0 ? EXIT.no : EXIT.done
}

function describePreview({ total, moved }: PreviewedReplay, isLatestOnly: boolean): string[] {
  if (total === 0) return ['There is nothing to replay.']
  const stale =
    moved === 0 || isLatestOnly
      ? ''
      : `; ${formatCount(moved)} of them ${moved === 1 ? 'is' : 'are'} not the latest of their item (--latest-only: each item’s latest in their place)`
  return [`${plural(total, 'event')} to replay${stale}.`]
}

async function follow(
  { stdout, signal }: Context,
  api: Api,
  output: Output,
  replayPath: string,
): Promise<Replay> {
  const progress = createProgress(stdout)
  let shown = -1
  try {
    for (;;) {
      const replay = await api.get<Replay>(replayPath)
      const { done, total, state, failed } = replay
      if (state === 'done' || state === 'canceled') return replay
      if (output.isJson && done > shown) output.tell({ type: 'progress', ...replay })
      if (!output.isJson) progress.show(done, total, failed === 0 ? '' : `${formatCount(failed)} failed`)
      shown = done
      await pause(POLL_MS, undefined, { signal })
    }
  } catch (error) {
    if (signal.reason instanceof Interrupted)
      output.note(
        `\nThe replay goes on; to end it: POST /api/v1${replayPath}/cancel, or its page in the app.`,
      )
    throw error
  } finally {
    progress.end()
  }
}

function describeEnd(
  { replayId, total, succeeded, failed, canceled, skipped, state, reason }: Replay,
  style: Output['style'],
): string {
  const counts = [
    `${formatCount(succeeded)} of ${formatCount(total)} delivered`,
    ...(failed > 0 ? [style('red', `${formatCount(failed)} failed`)] : []),
    ...(canceled > 0 ? [`${formatCount(canceled)} canceled`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} left out`] : []),
    ...(state === 'canceled' ? [`ended before its time${reason === undefined ? '' : ` (${reason})`}`] : []),
  ]
  return `${counts.join(', ')}.  ${style('dim', replayId)}`
}
