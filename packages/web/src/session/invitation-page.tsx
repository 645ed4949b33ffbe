import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { answer, client } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { MessagePage } from '../layout/message-page.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { InvitationForm } from './invitation-form.tsx'
import { SessionFrame } from './session-frame.tsx'

/** Where the link of an invitation leads. Its token stands behind the `#`, which browsers send to nobody. */
export function InvitationPage() {
  const token = useLocation().hash
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answer(client.POST('/api/v1/invitations/look-up', { body: { token } })),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (token === '' || isProblem(invitation.error, 'not_found', 'validation_failed')) return <UsedInvitation />
  if (invitation.error)
    return (
      <SessionFrame title="Invitation">
        <ProblemAlert error={invitation.error} />
      </SessionFrame>
    )
  if (invitation.data === undefined) return <Waiting />
  return <InvitationForm token={token} invitation={invitation.data} />
}

function UsedInvitation() {
  return (
    <MessagePage
      title="This invitation does not work"
      isWhole
      actions={<ButtonLink to="/sign-in">Sign in</ButtonLink>}
    >
      It has been used or has expired, or part of the link is missing. If you have an account, sign in.
      Otherwise ask whoever invited you for a new link.
    </MessagePage>
  )
}
