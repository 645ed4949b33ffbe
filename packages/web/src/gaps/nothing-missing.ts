import { countText } from '../parts/count.ts'

/** Of the events that were looked at: all, those still on the way, and those of which nothing is known any more. */
export type Looked = { examined: number; pending: number; noLongerKept: number }

/** What the gap check says where it has found nothing. */
export function nothingMissing({ examined, pending, noLongerKept }: Looked): { title: string; text: string } {
  const asFar = noLongerKept === 0 ? '' : ', as far as is still known'
  const events = countText(examined, 'event', 'events')
  const tooOld = tooOldText(noLongerKept)
  if (pending > 0)
    return {
      title: `${countText(pending, 'is', 'are')} still on the way`,
      text: `Nothing else is missing of the ${events} in this time${asFar}${tooOld}.`,
    }
  return {
    title: `Nothing is missing${asFar}`,
    text: `Of the ${events} in this time, this webhook has had all that its topics and filters matched${tooOld}.`,
  }
}

/** What stands behind the number of missing events. */
export function restText({ pending, noLongerKept }: Looked): string {
  const onTheWay = pending === 0 ? '' : `; ${countText(pending, 'is', 'are')} still on the way`
  return onTheWay + tooOldText(noLongerKept)
}

function tooOldText(noLongerKept: number): string {
  return noLongerKept === 0
    ? ''
    : `; ${countText(noLongerKept, 'is', 'are')} so old that what became of them is no longer kept`
}
