import type { Problem } from '@workflow-webhooks/contract'
import { CommandError } from '../exit.ts'
import { toOneLine } from '../terminal/words.ts'

/** An answer that is not a 2xx, told as its problem document tells it. */
export class ApiError extends CommandError {
  override name = 'ApiError'
  readonly status: number
  /** Of the problem; absent where something else than the service has answered. */
  readonly code: string | undefined

  constructor(status: number, code: string | undefined, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Makes the error of an answer; `call` is its method and path. */
export async function toApiError(response: Response, call: string): Promise<ApiError> {
  const problem = readProblem(await response.text().catch(() => ''))
  return new ApiError(response.status, problem?.code, describeProblem(response.status, problem, call))
}

/** What is wrong, in lines: the detail, what is wrong with each field, and what to do where that is known. */
export function describeProblem(status: number, problem: Partial<Problem> | undefined, call: string): string {
  if (problem === undefined) {
    const isElsewhere = status >= 300 && status < 400
    const remedy = isElsewhere
      ? 'The address of the service leads elsewhere; check it.'
      : 'Is the address right?'
    return `${call} was answered ${status}, and not as the service answers. ${remedy}`
  }
  const { title, detail, errors = [], code, requestId } = problem
  const told = [detail ?? title ?? `Answered ${status}`].map((text) => toOneLine(text, 1_000))
  const fields = errors.map(({ field, message }) => `  ${field}: ${toOneLine(message, 1_000)}`)
  const remedy = remedies[code ?? '']
  return [
    ...told,
    ...fields,
    ...(remedy === undefined ? [] : [remedy]),
    ...(status >= 500 && requestId !== undefined ? [`(request ${requestId})`] : []),
  ].join('\n')
}

const remedies: Readonly<Record<string, string>> = {
  unauthorized: 'Give a valid key: run `workflow-webhooks login`, or set WORKFLOW_WEBHOOKS_API_KEY.',
  forbidden: 'Use a key of another role: `admin` may test and replay, `analyst` may read.',
  not_found: 'Check the id, and that the key is of the same profile.',
  webhook_disabled: 'Enable the webhook first.',
}

/** A proxy or a crash answers something else than a problem. */
function readProblem(text: string): Partial<Problem> | undefined {
  try {
    const problem = JSON.parse(text)
    return typeof problem?.code === 'string' ? problem : undefined
  } catch {
    return undefined
  }
}
