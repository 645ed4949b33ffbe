import type { GapList } from '@workflow-webhooks/contract'
import { type Api, path } from './connection/api.ts'
import { EXIT } from './exit.ts'
import type { Output } from './terminal/output.ts'
import { formatCount, formatTime, plural, shortTopics, toOneLine, withoutStop } from './terminal/words.ts'

export type GapOptions = { workflowId: string; webhookId: string; from: string; to?: string | undefined }

const PAGE = 200

/** Lists what a webhook should have had and has not. @returns the exit code. */
export async function checkGaps(api: Api, output: Output, options: GapOptions): Promise<number> {
  const { workflowId, webhookId, from, to } = options
  const list = path`/workflows/${workflowId}/webhooks/${webhookId}/gaps`
  const now = new Date()
  let [gaps, examined, pending, noLongerKept] = [0, 0, 0, 0]
  for await (const page of api.pages<GapList>(list, { from, to, limit: PAGE })) {
    gaps += page.data.length
    examined += page.examined
    pending += page.pending
    noLongerKept += page.noLongerKept
    for (const gap of page.data) output.tell({ type: 'gap', ...gap }, [gapLine(gap, output.style, now)])
  }
  const waiting = pending === 0 ? '' : ` ${formatCount(pending)} of them still on their way.`
  const tooOld =
    noLongerKept === 0 ? '' : ` Of ${formatCount(noLongerKept)}, what became of them is no longer kept.`
  const found = gaps === 0 ? output.style('green', 'No gaps') : output.style('red', plural(gaps, 'gap'))
  output.tell({ type: 'summary', gaps, examined, pending, noLongerKept, from, to: to ?? null }, [
    `${found} in ${plural(examined, 'event')}.${waiting}${tooOld}`,
    ...(gaps === 0
      ? []
      : [
          `To replay: workflow-webhooks replay --workflow ${workflowId} --webhook ${webhookId} --gaps --from ${from}${to === undefined ? '' : ` --to ${to}`}`,
        ]),
  ])
  if (gaps > 0) return EXIT.no
  return pending > 0 ? EXIT.pending : EXIT.done
}

function gapLine(gap: GapList['data'][number], style: Output['style'], now: Date): string {
  const { occurredAt, topics, subject, sequence, newState, eventId, isLatest, outcome } = gap
  // Where the last result is known, that the retries are used up goes without saying.
  const reason = outcome.error === undefined ? outcome.reason : withoutStop(toOneLine(outcome.error))
  const why = [outcome.result.replace('_', ' '), ...(reason === undefined ? [] : [reason])]
  return [
    style('dim', formatTime(new Date(occurredAt), now)),
    shortTopics(topics).padEnd(13),
    `${toOneLine(subject, 40)}  ${style('dim', `#${sequence}`)} ${toOneLine(newState)}`,
    why.join(': '),
    ...(isLatest ? [] : ['item has moved on']),
    // `replay` takes it; there is none where no delivery was made.
    style('dim', [eventId, ...outcome.deliveryIds.slice(-1)].join('  ')),
  ].join('  ')
}
