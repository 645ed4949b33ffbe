import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { answer, client } from '../api/client.ts'
import { notifyProblem } from '../parts/notify.tsx'
import { meQuery } from './me.ts'

/** Ends this session, or all of the person's; nothing of what was read stays in the browser. */
export function useSignOut(which: 'this' | 'all') {
  const queryClient = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: () => answer(client.DELETE(which === 'all' ? '/api/v1/sessions' : '/api/v1/session')),
    onSuccess: async () => {
      queryClient.setQueryData(meQuery.queryKey, null)
      await router.navigate({ to: '/sign-in' })
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] })
    },
    onError: notifyProblem,
  })
}
