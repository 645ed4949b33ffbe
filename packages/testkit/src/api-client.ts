/** A small client of the service's API: one call, one checked answer. Paths go on from `/api/v1`. */
export interface Api {
  /** @returns the body of the answer. @throws Error with the problem document unless the answer is a 2xx. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>
  /** The answer as it is. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

/**
 * @param url where the service listens, without a slash at the end
 * @param key an API key
 */
export function createApi(url: string, key: string): Api {
  const request: Api['request'] = (method, path, body, headers = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    request,
    async call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
      const response = await request(method, path, body, headers)
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}
