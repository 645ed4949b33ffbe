import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, isProblem } from './problem.ts'

const FRESH_MS = 10_000
const RETRIES = 2

/** Keeps what was read. `onSignedOut` hears of every answer that says that the session has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    // Not the 401 of a password that is wrong.
    if (isProblem(error, 'unauthorized')) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { staleTime: FRESH_MS, retry: mayRetry } },
  })
}

/** Only what may be otherwise the next time. */
function mayRetry(count: number, error: unknown): boolean {
  const isPassing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
  return isPassing && count < RETRIES
}
