import { queryOptions } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { answer, client, type Schema } from '../api/client.ts'
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

/**
 * Who is signed in, from the frame down to all pages. They do not read the query themselves: it says that nobody is
 * before the frame has taken the page away.
 */
export const MeContext = createContext<Schema<'Me'> | null>(null)

/** Who is signed in. Only below the frame. */
export function useMe() {
  const me = use(MeContext)
  if (me === null) throw new Error('nobody is signed in')
  return {
    ...me,
    isOperator: me.role === 'operator',
    /** Whether they may change things; an analyst only reads. */
    isEditor: me.role === 'operator' || me.role === 'admin',
  }
}
