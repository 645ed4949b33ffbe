import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { safeNext } from '../search.ts'
import { meQuery } from './me.ts'

/** What follows when somebody has just come in: nothing of another session is left, and they go where they wanted. */
export function useSignedIn() {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (me: Schema<'Me'>, next?: string): Promise<void> => {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, me)
    await router.navigate({ href: safeNext(next), replace: true })
  }
}
