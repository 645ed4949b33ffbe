import type { components } from './schema.d.ts'

type Problem = components['schemas']['Problem']

/** What `ApiProblem.code` can be: the API's codes, and what happens on the way to it. */
export type ProblemCode = Problem['code'] | 'unreachable' | 'unreadable' | (string & {})

/** An answer that is an error (RFC 9457), or none at all. Its message is fit to be shown. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  /** 0 where no answer came. */
  readonly status: number
  readonly code: ProblemCode
  readonly title: string
  readonly detail: string | undefined
  /** What is wrong with each field of the body. */
  readonly errors: readonly { field: string; message: string }[]
  /** With 412: the present values. */
  readonly current: unknown
  /** To be quoted to support. */
  readonly requestId: string | undefined

  constructor(
    problem: Omit<Partial<Problem>, 'code'> & { status: number; title: string; code: ProblemCode },
  ) {
    super(problem.detail ?? problem.title)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.errors = problem.errors ?? []
    this.current = problem.current
    this.requestId = problem.requestId
  }
}

/** Reads the error of an answer, also of one that comes from a proxy and is no problem document. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const { status } = response
  const body = (await response.json().catch(() => null)) as Problem | null
  if (body?.code !== undefined) return new ApiProblem({ ...body, status })
  return new ApiProblem({ status, code: 'unreadable', title: `The service answered with status ${status}.` })
}

/** What `fetch` throws where no answer came. */
export function unreachableProblem(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'The service cannot be reached',
    detail: 'The service cannot be reached. Check your connection and try again.',
  })
}

/** Whether an error is a problem with one of these codes. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code))
}
