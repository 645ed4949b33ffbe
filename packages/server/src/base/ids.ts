import { randomFillSync } from 'node:crypto'

/** What an id names, by its prefix. An id never contains a `.`, since signatures join their parts with it. */
export type IdPrefix =
  | 'prf'
  | 'key'
  | 'wfl'
  | 'itm'
  | 'evt'
  | 'whk'
  | 'dlv'
  | 'rpl'
  | 'ntc'
  | 'aud'
  | 'mbr'
  | 'inv'
  | 'ath'
  | 'node'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32: sorts as it counts, no look-alikes
const TIME_LENGTH = 10
/** The value of each character, by its code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))),
)
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
  // A clock that is set back is followed: what is found by its time must have an id of about that time.
  if (nowMs > lastMs || nowMs < lastMs - MARGIN_MS / 2) {
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

/** When an id was made, milliseconds since the epoch. */
export function timeOf(id: string): number {
  let ms = 0
  const start = id.indexOf('_') + 1
  for (let index = start; index < start + TIME_LENGTH; index++)
    ms = ms * 32 + (DIGITS[id.charCodeAt(index)] ?? 0)
  return ms
}

/** Sorts behind all ids that were made before that time, and before all that are made from then on. */
export function idAt(prefix: IdPrefix, ms: number): string {
  return `${prefix}_${encode(Math.max(0, ms), TIME_LENGTH)}`
}

/** By how much the time in an id and the time that its row shows can differ. */
const MARGIN_MS = 60_000

/**
 * The range of ids that rows of a range of time can have (`least` is in it, `below` is not): a range of an index, in
 * which the rows' own times are then compared. It is wider by a minute on both sides, since an id is made a little
 * later than the time that its row shows, or by another node's clock.
 *
 * @param range milliseconds since the epoch, or RFC 3339; where absent, there is no bound on that side
 */
export function idRange(
  prefix: IdPrefix,
  { from, to }: { from?: number | string | undefined; to?: number | string | undefined },
): { least: string; below: string } {
  const least = from === undefined ? '' : encode(Math.max(0, toMs(from) - MARGIN_MS), TIME_LENGTH)
  // Parsing cuts off what a time has beyond milliseconds.
  const below = to === undefined ? BEYOND_ALL : encode(Math.max(0, toMs(to) + 1 + MARGIN_MS), TIME_LENGTH)
  return { least: `${prefix}_${least}`, below: `${prefix}_${below}` }
}

/** Sorts behind all that an id is made of. */
const BEYOND_ALL = '~'

/** The range of all ids, whatever their prefix. */
export const ALL_IDS = { least: '', below: BEYOND_ALL }

function toMs(time: number | string): number {
  return new Date(time).getTime()
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
