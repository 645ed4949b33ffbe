import { ButtonLink } from '../parts/links.tsx'
import { MessagePage } from './message-page.tsx'

/** Where nothing is, or nothing that one may see. */
export function NotFoundPage({ isWhole }: { isWhole?: boolean }) {
  return (
    <MessagePage
      title="Page not found"
      isWhole={isWhole}
      actions={<ButtonLink to="/">Go to the start page</ButtonLink>}
    >
      The link may be wrong, what it led to may have been deleted, or it belongs to a profile you are not a
      member of. If someone sent you the link, ask them whether your account has access.
    </MessagePage>
  )
}
