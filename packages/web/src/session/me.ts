import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { answer, client } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'

/** Who is signed in; `null` where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['/api/v1/me', {}] as const,
  queryFn: async ({ client: queryClient, queryKey }) => {
    try {
      return await answer(client.GET('/api/v1/me'))
    } catch (error) {
      // Where somebody was signed in this is the end of their session, and an error as for all that is read.
      const wasSignedIn = queryClient.getQueryData(queryKey) != null
      if (isProblem(error, 'unauthorized') && !wasSignedIn) return null
      throw error
    }
  },
  staleTime: 60_000,
})

/** Who is signed in. Only below the session's guard. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery)
  if (data === null) throw new Error('nobody is signed in')
  return {
    ...data,
    isOperator: data.role === 'operator',
    /** Whether they may change things; an analyst only reads. */
    isEditor: data.role === 'operator' || data.role === 'admin',
  }
}
