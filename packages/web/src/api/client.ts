import createClient, { type Middleware } from 'openapi-fetch'
import { readProblem, unreachableProblem } from './problem.ts'
import type { components, paths } from './schema.d.ts'

/** A schema of the API by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

const middleware: Middleware = {
  onRequest({ request }) {
    // By cookie, every call that changes something must be JSON, so one without a body has an empty object.
    const isEmptyPost = request.method === 'POST' && !request.headers.has('content-type')
    if (!isEmptyPost) return undefined
    const headers = new Headers(request.headers)
    headers.set('content-type', 'application/json')
    return new Request(request, { headers, body: '{}' })
  },
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response)
  },
  onError: ({ error }) => (error instanceof DOMException ? error : unreachableProblem()),
}

/**
 * The API, typed by its description. Calls go to this origin with the session's cookie; every error is thrown as an
 * `ApiProblem`. Pages call it by `useApi` and `useCall`.
 */
export const client = createClient<paths>({ credentials: 'same-origin' })
client.use(middleware)

/** The body of the answer of a call that succeeds. */
export type AnswerOf<Result> = Result extends { error?: never; data: infer Data } ? Data : never

/** A call whose answer has this body. */
export type CallOf<Data> = Promise<{ data: Data; error?: never } | { data?: never; error: unknown }>

/** The body of a call's answer. @throws ApiProblem */
export async function answer<Result extends { data?: unknown }>(
  call: Promise<Result>,
): Promise<AnswerOf<Result>> {
  const { data } = await call
  return data as AnswerOf<Result>
}
