import { ALERT_ID_PREFIX } from './alerts.ts'
import type { Arrival } from './arrivals.ts'

const SEQUENCE = '"sequence":'
const ALERT_ID = `"alertId":"${ALERT_ID_PREFIX}`
const PLATFORM = '"platform":"platform-'

/**
 * Reads what the account needs from a delivery's body. It looks for it in the bytes, since parsing each body would make
 * the receiver the slowest part of what is measured.
 *
 * @throws Error where the body is not that of an alert of the benchmark.
 */
export function readArrival(body: Buffer): Arrival {
  const sequence = readNumberBehind(SEQUENCE, body, 0)
  const index = readNumberBehind(ALERT_ID, body, sequence.end)
  const platform = readNumberBehind(PLATFORM, body, index.end)
  return { index: index.value, sequence: sequence.value, platform: platform.value }
}

function readNumberBehind(label: string, body: Buffer, from: number): { value: number; end: number } {
  const found = body.indexOf(label, from, 'latin1')
  let end = found + label.length
  let value = 0
  for (let digit = digitAt(body, end); digit >= 0 && digit <= 9; digit = digitAt(body, end)) {
    value = value * 10 + digit
    end++
  }
  if (found === -1 || end === found + label.length) {
    throw new Error(`a body has no ${label}: ${body.toString('utf8', 0, 300)}`)
  }
  return { value, end }
}

const digitAt = (body: Buffer, place: number) => (body[place] ?? 0) - 48
