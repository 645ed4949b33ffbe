import { ButtonLink } from '../parts/links.tsx'
import { MessagePage } from './message-page.tsx'

/** Where nothing is, or nothing that one may see. */
export function NotFoundPage({ isWhole }: { isWhole?: boolean }) {
  return (
    <MessagePage
      title="There is nothing here"
      isWhole={isWhole}
      actions={<ButtonLink to="/">Go to the start page</ButtonLink>}
    >
      The link may be wrong, what it led to may be deleted, or it belongs to a profile that you are not a
      member of. If somebody gave you the link, ask them whether your account may see it.
    </MessagePage>
  )
}
