import { Button } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isProblem } from '../api/problem.ts'
import { ButtonLink } from '../parts/links.tsx'
import { messageOf } from '../parts/notify.tsx'
import { MessagePage } from './message-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'

/** A page that could not be drawn, and what to do about it. */
export function ErrorPage({ error, reset, isWhole }: ErrorComponentProps & { isWhole?: boolean }) {
  const router = useRouter()
  const boundary = useQueryErrorResetBoundary()
  // Queries that failed are asked again when the page is drawn the next time.
  useEffect(() => boundary.reset(), [boundary])
  if (isProblem(error, 'not_found')) return <NotFoundPage isWhole={isWhole ?? false} />
  const tryAgain = (): void => {
    reset()
    void router.invalidate()
  }
  return (
    <MessagePage
      isWhole={isWhole}
      title={isProblem(error) ? error.title : 'This page cannot be shown'}
      actions={
        <>
          <Button onClick={tryAgain}>Try again</Button>
          <ButtonLink to="/" variant="default">
            Go to the start page
          </ButtonLink>
        </>
      }
    >
      {messageOf(error)}
    </MessagePage>
  )
}
