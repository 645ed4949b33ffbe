import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyDone, notifyProblem } from '../parts/notify.tsx'
import { type AnswerOf, answer } from './client.ts'
import { type ReadPath, refresh } from './queries.ts'

type Options<Input, Data> = {
  /** What to read again once it is done; all of it has come before `onDone` and before it stops being pending. */
  refreshes?: readonly ReadPath[]
  /** Said in a notification once it is done. */
  done?: string | ((data: Data, input: Input) => string)
  onDone?: (data: Data, input: Input) => void
  /** `inline`: the caller shows `error` itself; otherwise a notification says it. */
  errors?: 'inline' | 'notification'
}

/**
 * A call that changes something. Gives TanStack's mutation: `mutate(input)`, `isPending`, `error`, `reset`.
 *
 * @example
 * const make = useCall((body: Schema<'CreateProfile'>) => client.POST('/api/v1/profiles', { body }), {
 *   refreshes: ['/api/v1/profiles'], done: 'Profile made.', errors: 'inline', onDone: close })
 */
export function useCall<Input, Result extends { data?: unknown }>(
  send: (input: Input) => Promise<Result>,
  options: Options<Input, AnswerOf<Result>> = {},
) {
  const queryClient = useQueryClient()
  const { refreshes = [], done, onDone, errors = 'notification' } = options
  return useMutation<AnswerOf<Result>, Error, Input>({
    mutationFn: (input) => answer(send(input)),
    onSuccess: async (data, input) => {
      await Promise.all(refreshes.map((path) => refresh(queryClient, path)))
      if (done !== undefined) notifyDone(typeof done === 'string' ? done : done(data, input))
      onDone?.(data, input)
    },
    onError: (error) => {
      if (errors === 'notification') notifyProblem(error)
    },
  })
}
