const TEXT_OID = 25
const BYTEA_OID = 17
const HEADER_BYTES = 20

/**
 * A `text[]` parameter in PostgreSQL's binary format: the strings travel as they are, where the text format would
 * have each quote and backslash of a JSON document escaped here and unescaped there.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  return binaryArray(
    TEXT_OID,
    values,
    (value) => Buffer.byteLength(value),
    (value, buffer, offset) => buffer.write(value, offset, 'utf8'),
  )
}

/** A `bytea[]` parameter in PostgreSQL's binary format. */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  return binaryArray(
    BYTEA_OID,
    values,
    (value) => value.length,
    (value, buffer, offset) => value.copy(buffer, offset),
  )
}

/**
 * Source: `array_recv` in PostgreSQL's arrayfuncs.c. The header has the number of dimensions, whether there are
 * nulls, the element's type, and for the one dimension its length and lower bound; then each element's length
 * (-1: null) and bytes.
 */
function binaryArray<T>(
  elementOid: number,
  values: readonly (T | null)[],
  byteLength: (value: T) => number,
  write: (value: T, buffer: Buffer, offset: number) => number,
): Buffer {
  const lengths = values.map((value) => (value === null ? -1 : byteLength(value)))
  const total = lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), HEADER_BYTES)
  const buffer = Buffer.allocUnsafe(total)
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(lengths.includes(-1) ? 1 : 0, 4)
  buffer.writeInt32BE(elementOid, 8)
  buffer.writeInt32BE(values.length, 12)
  buffer.writeInt32BE(1, 16)
  let offset = HEADER_BYTES
  values.forEach((value, index) => {
    offset = buffer.writeInt32BE(lengths[index]!, offset)
    if (value !== null) offset += write(value, buffer, offset)
  })
  return buffer
}

/** A `timestamptz[]` parameter of milliseconds since the epoch, in the text format. */
export function timestampArray(values: readonly (number | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${new Date(value).toISOString()}"`)).join(',')}}`
}
