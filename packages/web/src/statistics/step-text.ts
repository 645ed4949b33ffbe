import type { Schema } from '../api/client.ts'

type Range = Schema<'Statistics'>['range']
type Step = { at: string }
/** What of the statistics says how long a step is, and when the last one was broken off. */
type Steps = Pick<Schema<'Statistics'>, 'stepMs' | 'to'>

/**
 * Words for the steps of charts, which are whole in UTC: in the locale and the zone of the reader, unless others are
 * given.
 */
export function createStepText({ locale, timeZone }: { locale?: string; timeZone?: string } = {}) {
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone })
  const hours = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })

  return { start, span, axisTicks, tick, stepLength }

  /** When a step began: `17 Nov, 14:00`. */
  function start({ at }: Step): string {
    const date = new Date(at)
    return `${day.format(date)}, ${clock.format(date)}`
  }

  /** From when to when: `17 Nov, 14:00 – 15:00`; the one that is under way up to now. */
  function span(step: Step, { stepMs, to }: Steps): string {
    const from = new Date(step.at)
    const end = new Date(from.getTime() + stepMs)
    if (end.getTime() > Date.parse(to)) return `${start(step)} – now`
    if (day.format(from) === day.format(end)) return `${start(step)} – ${clock.format(end)}`
    return `${start(step)} – ${start({ at: end.toISOString() })}`
  }

  /** The steps that an axis may name: of a week those that begin a day. */
  function axisTicks(steps: readonly Step[], range: Range): string[] {
    const named =
      range === 'week' ? steps.filter((step, index) => index > 0 && isNewDay(step, steps[index - 1]!)) : steps
    return named.map(({ at }) => at)
  }

  function isNewDay(step: Step, before: Step): boolean {
    return day.format(new Date(step.at)) !== day.format(new Date(before.at))
  }

  /** What an axis says of a step: the time, or the day where there are many. */
  function tick(at: string, range: Range): string {
    const date = new Date(at)
    return range === 'hour' || range === 'day' ? clock.format(date) : day.format(date)
  }

  /** How long a step is; of days also when they begin, where that is not at midnight. */
  function stepLength(steps: readonly Step[], range: Range): string {
    if (range !== 'month') return lengths[range]
    const begins = new Date(steps.at(-1)!.at)
    if (hours.format(begins) === '00:00') return 'a day'
    return `a day in UTC, which begins at ${clock.format(begins)} here`
  }
}

const lengths = { hour: '5 minutes', day: 'an hour', week: '6 hours' }

export const stepText = createStepText()
