import { Time } from '../parts/time.tsx'
import { useNow } from '../parts/use-now.ts'

/** When the next attempt begins. One that is due may still wait for its turn. */
export function NextAttempt({ at }: { at: string }) {
  const nowMs = useNow()
  return Date.parse(at) <= nowMs ? 'due now' : <Time at={at} />
}
