import { useQueryClient } from '@tanstack/react-query'
import { client, type Schema } from '../api/client.ts'
import { ApiProblem, isProblem } from '../api/problem.ts'
import { getQuery, type ReadPath, refresh } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { notifyProblem } from '../parts/notify.tsx'

const ITEM = '/api/v1/workflows/{workflowId}/items/{itemId}'

/** What a move changes. */
const CHANGED: readonly ReadPath[] = [
  ITEM,
  `${ITEM}/events`,
  '/api/v1/workflows/{workflowId}/items',
  '/api/v1/workflows/{workflowId}/item-counts',
]

/** Moves an item out of the state that it was seen in; where it has left that, says so and shows where it is. */
export function useMoveItem({ workflowId, itemId }: Schema<'Item'>) {
  const queryClient = useQueryClient()
  const path = { workflowId, itemId }
  const call = useCall(
    (body: Schema<'MoveItem'>) => client.POST(`${ITEM}/state`, { params: { path }, body }),
    { refreshes: CHANGED, errors: 'inline', done: ({ state }) => `Moved to “${state}”.` },
  )

  async function tellOf(error: Error): Promise<void> {
    if (!isProblem(error, 'state_conflict')) return notifyProblem(error)
    await Promise.all(CHANGED.map((changed) => refresh(queryClient, changed, { workflowId })))
    const item = await queryClient.fetchQuery(getQuery(ITEM, { path })).catch(() => undefined)
    notifyProblem(item === undefined ? error : movedMeanwhile(error, item.state))
  }

  const move = (state: string, expectedState: string): void =>
    call.mutate({ state, expectedState }, { onError: tellOf })
  return { move, isPending: call.isPending }
}

function movedMeanwhile({ status, code }: ApiProblem, state: string): ApiProblem {
  const detail = `The item is in “${state}” now: it was moved since this page showed it.`
  return new ApiProblem({ status, code, title: 'Not moved', detail })
}
