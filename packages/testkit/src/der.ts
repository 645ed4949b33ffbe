/** The few ASN.1 values that a certificate is made of, in their DER encoding (ITU-T X.690). */

export const sequence = (...values: Buffer[]) => encode(0x30, ...values)
export const set = (...values: Buffer[]) => encode(0x31, ...values)
export const boolean = (value: boolean) => encode(0x01, Buffer.from([value ? 0xff : 0]))
export const octetString = (content: Buffer) => encode(0x04, content)
export const utf8String = (text: string) => encode(0x0c, Buffer.from(text))

/** `[number]` around a whole value. */
export const explicit = (number: number, value: Buffer) => encode(0xa0 | number, value)

/** `[number]` in the place of a primitive value's own tag. */
export const implicit = (number: number, content: Buffer) => encode(0x80 | number, content)

/** A number from its bytes, the highest first. That one is below 0x80, and not 0 unless it is the only one. */
export const integer = (bytes: Buffer) => encode(0x02, bytes)

/** @param unusedBits how many of the last byte's low bits do not belong to it. */
export function bitString(content: Buffer, unusedBits = 0): Buffer {
  return encode(0x03, Buffer.from([unusedBits]), content)
}

/** @param dotted for example `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f))
    return groups
  })
  return encode(0x06, Buffer.from(bytes))
}

/** To the second; with two digits for the year until 2049, as RFC 5280 section 4.1.2.5 has it. */
export function time(instant: Date): Buffer {
  const digits = `${instant.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  const hasShortYear = instant.getUTCFullYear() >= 1950 && instant.getUTCFullYear() < 2050
  return hasShortYear ? encode(0x17, Buffer.from(digits.slice(2))) : encode(0x18, Buffer.from(digits))
}

function encode(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const length: number[] = []
  for (let left = content.length; left > 0; left >>>= 8) length.unshift(left & 0xff)
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length]
  return Buffer.concat([Buffer.from(head), content])
}
