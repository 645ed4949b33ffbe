import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followChanges } from './changes.ts'

/** Keeps fresh what is shown, for as long as the component is there; to be used once. */
export function useChanges(): void {
  const queryClient = useQueryClient()
  useEffect(() => followChanges(queryClient), [queryClient])
}
