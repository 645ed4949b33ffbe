/** Calls of the service's API by an operator. */
export type Api = {
  /** @throws Error for an answer that is not 2xx. */
  get<Answer>(path: string): Promise<Answer>
  /** @throws Error for an answer that is not 2xx. */
  post<Answer>(path: string, body: unknown): Promise<Answer>
}

/** @param url where the service listens. */
export function createApi(url: string, apiKey: string): Api {
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  }

  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    }
    return (await response.json()) as Answer
  }
}
