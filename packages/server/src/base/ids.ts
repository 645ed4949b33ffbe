import { randomFillSync } from 'node:crypto'

/** What an id names, by its prefix. An id never contains a `.`, since signatures join their parts with it. */
export type IdPrefix = 'prf' | 'key' | 'wfl' | 'itm' | 'evt' | 'whk' | 'dlv' | 'aud' | 'node'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32: sorts as it counts, no look-alikes
const TIME_LENGTH = 10
const COUNTER_LENGTH = 3
const RANDOM_LENGTH = 11

const randomPool = Buffer.allocUnsafe(8192)
let randomPosition = randomPool.length
let lastMs = 0
let counter = 0
let timeText = ''

/**
 * Makes an id that sorts (in byte order) by the time at which it was made: 48 bits of milliseconds, 15 bits
 * that count within one millisecond, 55 random bits. Ordered ids keep the indexes of the log compact and
 * list "newest first" without a second column.
 */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = 0
    timeText = encode(nowMs, TIME_LENGTH)
  } else if (++counter === 32 ** COUNTER_LENGTH) {
    lastMs += 1
    counter = 0
    timeText = encode(lastMs, TIME_LENGTH)
  }
  return `${prefix}_${timeText}${encode(counter, COUNTER_LENGTH)}${randomText(RANDOM_LENGTH)}`
}

function encode(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text
  return text
}

function randomText(length: number): string {
  if (randomPosition + length > randomPool.length) {
    randomFillSync(randomPool)
    randomPosition = 0
  }
  let text = ''
  for (let end = randomPosition + length; randomPosition < end; randomPosition++)
    text += ALPHABET[randomPool[randomPosition]! & 31]
  return text
}
