/** The most values in a body: a batch of 1,000 items with every field that an item can have, twice over. */
export const MAX_PARTS = 50_000

const QUOTE = 0x22
const COMMA = 0x2c
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const OPENING_BRACE = 0x7b

/**
 * Whether JSON has more values than any call takes, told from its bytes: a body of 32 MiB can hold millions, which to
 * parse and to report one by one would take seconds and gigabytes.
 */
export function hasTooManyParts(bytes: Buffer): boolean {
  let parts = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (byte === QUOTE) index = endOfText(bytes, index)
    else if (byte === COMMA || byte === OPENING_BRACKET || byte === OPENING_BRACE) {
      if (++parts > MAX_PARTS) return true
    }
  }
  return false
}

/** The quote that ends the text which `start` begins; the end of the body where none does. */
function endOfText(bytes: Buffer, start: number): number {
  let end = start
  do {
    end = bytes.indexOf(QUOTE, end + 1)
    if (end < 0) return bytes.length
  } while (isEscaped(bytes, end))
  return end
}

function isEscaped(bytes: Buffer, index: number): boolean {
  let backslashes = 0
  while (bytes[index - 1 - backslashes] === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}
