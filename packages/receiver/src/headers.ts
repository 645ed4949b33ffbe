/** The headers of a request: a Web `Headers`, or an object such as Node's `request.headers`, in any case. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** Finds a header by its name in lower case. Repeated headers are joined, as HTTP has it (RFC 9110, 5.3). */
export function getHeader(headers: RequestHeaders, name: string): string | undefined {
  if (isWebHeaders(headers)) return headers.get(name) ?? undefined
  const values = Object.entries(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value ?? [])
  return values.length === 0 ? undefined : values.join(', ')
}

function isWebHeaders(headers: RequestHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function'
}
