import { setTimeout as pause } from 'node:timers/promises'
import { MAX_LIMIT, type Problem } from '@workflow-webhooks/contract'
import { DemoError } from './demo-error.ts'

/** Calls the service's API as its users do. Every call throws `DemoError` where the answer is not 2xx or does not come. */
export type ApiClient = {
  post<Answer>(path: string, body: unknown): Promise<Answer>
  get<Answer>(path: string): Promise<Answer>
  /** Reads a list to its end, page by page. */
  list<Entry>(path: string): Promise<Entry[]>
}

type Page<Entry> = { data: Entry[]; nextCursor: string | null }

/** Makes a client of the API at `serviceUrl`; paths are those under `/api/v1`. */
export function createApiClient(options: {
  serviceUrl: string
  apiKey: string
  signal: AbortSignal
}): ApiClient {
  const { serviceUrl, apiKey, signal } = options

  async function request(method: string, path: string, body: unknown) {
    const response = await fetch(`${serviceUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    })
    return { status: response.status, text: await response.text() }
  }

  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { status, text } = await request(method, path, body).catch(async (cause: Error) => {
      // Where the service has just ended, that is told instead.
      await pause(1_000, undefined, { signal })
      throw new DemoError(`The service did not answer ${method} ${path}: ${cause.message}`, { cause })
    })
    if (status >= 300) throw new DemoError(describeProblem(`${method} ${path}`, status, text))
    return JSON.parse(text) as Answer
  }

  const get = <Answer>(path: string) => call<Answer>('GET', path)
  return {
    get,
    post: (path, body) => call('POST', path, body),
    async list<Entry>(path: string) {
      const entries: Entry[] = []
      let cursor: string | null = null
      do {
        const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page: Page<Entry> = await get(`${path}?limit=${MAX_LIMIT}${query}`)
        entries.push(...page.data)
        cursor = page.nextCursor
      } while (cursor !== null)
      return entries
    },
  }
}

function describeProblem(call: string, status: number, text: string): string {
  const { title, detail, errors = [] } = readProblem(text)
  const fields = errors.map(({ field, message }) => `\n  ${field} ${message}`).join('')
  return `The service answered ${status} to ${call}: ${detail ?? title ?? text.slice(0, 500)}${fields}`
}

/** A proxy or a crash answers something else than a problem. */
function readProblem(text: string): Partial<Problem> {
  try {
    return JSON.parse(text) as Partial<Problem>
  } catch {
    return {}
  }
}
