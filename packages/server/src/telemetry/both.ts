import type { Telemetry } from '../base/telemetry.ts'

/**
 * Tells both; what a call's work is joined to is the second one's. That may have defects of its own, which must not
 * make a committed group look as if it had failed.
 */
export function both(first: Telemetry, second: Telemetry, onError: (error: unknown) => void): Telemetry {
  return {
    callBegan: (traceparent) => second.callBegan(traceparent),
    callEnded: tellBoth('callEnded'),
    problemAnswered: tellBoth('problemAnswered'),
    groupEnded: tellBoth('groupEnded'),
    groupUndone: tellBoth('groupUndone'),
    deliveriesRecorded: tellBoth('deliveriesRecorded'),
    deliveriesCanceled: tellBoth('deliveriesCanceled'),
    deliveriesTaken: tellBoth('deliveriesTaken'),
    attemptEnded: tellBoth('attemptEnded'),
    attemptsSettled: tellBoth('attemptsSettled'),
    lanesChanged: tellBoth('lanesChanged'),
    statementEnded: tellBoth('statementEnded'),
  }

  function tellBoth<Name extends Exclude<keyof Telemetry, 'callBegan'>>(name: Name): Telemetry[Name] {
    const tellFirst = first[name] as (...told: unknown[]) => void
    const tellSecond = second[name] as (...told: unknown[]) => void
    return ((...told: unknown[]) => {
      tellFirst(...told)
      try {
        tellSecond(...told)
      } catch (error) {
        onError(error)
      }
    }) as Telemetry[Name]
  }
}
