const TEXT_OID = 25
const BYTEA_OID = 17
const TIMESTAMPTZ_OID = 1184
/** 2000-01-01, from which PostgreSQL counts. */
const POSTGRES_EPOCH_MS = 946_684_800_000
const HEADER_BYTES = 20
const MAX_UTF8_BYTES_PER_UNIT = 3

/**
 * A `text[]` parameter in PostgreSQL's binary format: the texts travel as they are, where the text format would
 * have each quote and backslash of a JSON document escaped here and unescaped there. A text may be given as its bytes
 * in UTF-8.
 */
export function textArray(values: readonly (string | Buffer | null)[]): Buffer {
  let offset = HEADER_BYTES
  let hasNull = false
  for (const value of values) {
    if (value === null) {
      reserve(offset + 4)
      scratch.writeInt32BE(-1, offset)
      offset += 4
      hasNull = true
    } else if (typeof value !== 'string') {
      offset = appendBytes(value, offset)
    } else {
      reserve(offset + 4 + value.length * MAX_UTF8_BYTES_PER_UNIT)
      const bytes = scratch.write(value, offset + 4, 'utf8')
      scratch.writeInt32BE(bytes, offset)
      offset += 4 + bytes
    }
  }
  return finish(TEXT_OID, values.length, hasNull, offset)
}

/** A `bytea[]` parameter in PostgreSQL's binary format. */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  let offset = HEADER_BYTES
  let hasNull = false
  for (const value of values) {
    if (value === null) {
      reserve(offset + 4)
      scratch.writeInt32BE(-1, offset)
      offset += 4
      hasNull = true
    } else offset = appendBytes(value, offset)
  }
  return finish(BYTEA_OID, values.length, hasNull, offset)
}

/** An array parameter of numbers or booleans in the text format: nothing in it needs escaping. */
export function plainArray(values: readonly (number | boolean | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : value)).join(',')}}`
}

/** A `timestamptz[]` parameter of milliseconds since the epoch (whole numbers), in PostgreSQL's binary format. */
export function timestampArray(values: readonly (number | null)[]): Buffer {
  reserve(HEADER_BYTES + 12 * values.length)
  let offset = HEADER_BYTES
  let hasNull = false
  for (const value of values) {
    if (value === null) {
      scratch.writeInt32BE(-1, offset)
      offset += 4
      hasNull = true
      continue
    }
    const microseconds = (value - POSTGRES_EPOCH_MS) * 1_000
    scratch.writeInt32BE(8, offset)
    scratch.writeInt32BE(Math.floor(microseconds / 2 ** 32), offset + 4)
    scratch.writeUInt32BE(microseconds >>> 0, offset + 8)
    offset += 12
  }
  return finish(TIMESTAMPTZ_OID, values.length, hasNull, offset)
}

/** Where an array is put together before its size is known; only ever used within one call. */
let scratch = Buffer.allocUnsafeSlow(1 << 20)

/** Gives back where the next element begins. */
function appendBytes(value: Buffer, offset: number): number {
  reserve(offset + 4 + value.length)
  scratch.writeInt32BE(value.length, offset)
  return offset + 4 + value.copy(scratch, offset + 4)
}

function reserve(bytes: number): void {
  if (bytes <= scratch.length) return
  const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(bytes)))
  scratch.copy(larger)
  scratch = larger
}

/**
 * Source: `array_recv` in PostgreSQL's arrayfuncs.c. The header has the number of dimensions, whether there are
 * nulls, the element's type, and for the one dimension its length and lower bound; then come each element's length
 * (-1: null) and bytes.
 */
function finish(elementOid: number, length: number, hasNull: boolean, bytes: number): Buffer {
  scratch.writeInt32BE(1, 0)
  scratch.writeInt32BE(hasNull ? 1 : 0, 4)
  scratch.writeInt32BE(elementOid, 8)
  scratch.writeInt32BE(length, 12)
  scratch.writeInt32BE(1, 16)
  return Buffer.from(scratch.subarray(0, bytes))
}
