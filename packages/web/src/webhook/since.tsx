import { Time } from '../parts/time.tsx'
import { useNow } from '../parts/use-now.ts'

/** When something began: the time of day if it was today, otherwise the date with it. */
export function Since({ at }: { at: string }) {
  const nowMs = useNow(60_000)
  const isToday = new Date(at).toDateString() === new Date(nowMs).toDateString()
  return <Time at={at} format={isToday ? 'clock' : 'full'} />
}
