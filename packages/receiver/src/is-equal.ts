/** Compares bytes in a time that depends on their number alone, so that nobody can guess them one by one. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let index = 0; index < one.length; index += 1) difference |= one[index]! ^ other[index]!
  return difference === 0
}
