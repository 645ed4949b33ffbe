import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError, UsageError } from '../exit.ts'
import { toOneLine } from '../terminal/words.ts'
import { toApiError } from './api-error.ts'
import type { Config } from './config-file.ts'

/** Values of a query; what is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/** Calls the service. Paths go on from `/api/v1`; ids come into them by `path`. */
export type Api = {
  /** @throws ApiError for an answer that is not a 2xx; ConnectionError where none comes. */
  get<Answer>(path: string, query?: Query): Promise<Answer>
  /** Safe to be lost on the way: it goes with an `Idempotency-Key`, and again where no answer came. */
  post<Answer>(path: string, body?: unknown): Promise<Answer>
  /** Reads a list page by page, until its end or until nobody asks for the next one. */
  pages<Page extends { nextCursor: string | null }>(path: string, query?: Query): AsyncGenerator<Page>
  /** Opens a stream that lasts until `signal` ends it. */
  stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

/** No answer came: the service may be down, or the address wrong. */
export class ConnectionError extends CommandError {
  override name = 'ConnectionError'
}

const CALL_TIMEOUT_MS = 30_000
const RETRY_AFTER_MS = 500

/**
 * Puts ids into a path: path`/workflows/${workflowId}`. Escaping would not do: `..` stays as it is, and leads elsewhere.
 *
 * @throws UsageError for what is not an id
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
  for (const id of ids) {
    if (!/^[\w-]{1,128}$/.test(id))
      throw new UsageError(
        `"${toOneLine(id)}" is not an id: those are letters, digits, _ and -, such as wfl_01.`,
      )
  }
  return String.raw({ raw: parts }, ...ids)
}

/** Makes a client of the service; `signal` ends every call. */
export function createApi({ url, apiKey }: Config, signal: AbortSignal): Api {
  /** @returns what `read` makes of a 2xx. */
  async function request<Result>(
    path: string,
    init: RequestInit & { signal: AbortSignal },
    read: (response: Response) => Result | Promise<Result>,
  ): Promise<Result> {
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        ...init,
        headers: { accept: 'application/json', ...init.headers, authorization: `Bearer ${apiKey}` },
        redirect: 'manual', // the key goes nowhere else
        signal: AbortSignal.any([signal, init.signal]),
      })
      if (!response.ok) throw await toApiError(response, `${init.method ?? 'GET'} ${path.split('?')[0]}`)
      return await read(response)
    } catch (error) {
      if (error instanceof CommandError) throw error
      signal.throwIfAborted()
      const why = init.signal.aborted ? (init.signal.reason as Error).message : describeCause(error)
      throw new ConnectionError(`Cannot reach the service at ${url}: ${why}`, { cause: error })
    }
  }

  function call<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS)
    return request(path, { ...init, signal: timeout }, async (response) => {
      const text = await response.text()
      try {
        return JSON.parse(text) as Answer
      } catch (cause) {
        throw new CommandError(
          `What answers at ${url} is not the service: its answer is not JSON. Check the address.`,
          { cause },
        )
      }
    })
  }

  const get: Api['get'] = (path, query) => call(`${path}${toQuery(query)}`)
  return {
    get,
    async post<Answer>(path: string, body?: unknown): Promise<Answer> {
      const init: RequestInit = {
        method: 'POST',
        headers: {
          'idempotency-key': randomUUID(),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }
      return call<Answer>(path, init).catch(async (error: unknown) => {
        if (!(error instanceof ConnectionError)) throw error
        await pause(RETRY_AFTER_MS, undefined, { signal })
        return call<Answer>(path, init)
      })
    },
    async *pages<Page extends { nextCursor: string | null }>(path: string, query: Query = {}) {
      let cursor: string | null = null
      do {
        const page: Page = await get<Page>(path, {
          ...query,
          ...(cursor !== null && { cursor }),
        })
        yield page
        cursor = page.nextCursor
      } while (cursor !== null)
    },
    stream(path, streamSignal) {
      const headers = { accept: 'text/event-stream' }
      return request(path, { headers, signal: streamSignal }, (response) => response.body!)
    },
  }
}

function toQuery(query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value))
  return parameters.size === 0 ? '' : `?${parameters}`
}

/** The cause of a `fetch` that failed says more than its own message, which is always the same. */
function describeCause(error: unknown): string {
  const { message, cause } = error as Error
  if (cause instanceof AggregateError && cause.errors.length > 0) return String(cause.errors[0].message)
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}
