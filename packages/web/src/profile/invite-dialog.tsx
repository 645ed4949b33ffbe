import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { MemberRole } from '@workflow-webhooks/contract'
import { useState } from 'react'
import type { CallOf, Schema } from '../api/client.ts'
import type { ReadPath } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { emailProblem } from '../parts/email-problem.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { RoleChoice } from './role-choice.tsx'

type Invitee = { email: string; role: MemberRole }
type Props = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** To choose from; none for operators. */
  roles: readonly MemberRole[]
  refreshes: readonly ReadPath[]
  send: (invitee: Invitee) => CallOf<Schema<'CreatedInvitation'>>
}

const initialValues: Invitee = { email: '', role: 'admin' }

/** Invites a person by e-mail, then shows the link to pass on. */
export function InviteDialog({ isOpen, onClose, title, roles, refreshes, send }: Props) {
  const [invitation, setInvitation] = useState<Schema<'CreatedInvitation'>>()
  const form = useForm({
    initialValues,
    validate: { email: emailProblem },
  })
  const invite = useCall(send, {
    errors: 'inline',
    refreshes,
    onDone: (created) => {
      close()
      setInvitation(created)
    },
  })
  const close = (): void => {
    form.reset()
    invite.reset()
    onClose()
  }
  const submit = form.onSubmit(({ email, role }) =>
    invite.mutate(
      { email: email.trim(), role },
      { onError: (error) => form.setErrors(fieldErrorsOf(error)) },
    ),
  )
  return (
    <>
      <FormDialog
        isOpen={isOpen}
        onClose={close}
        title={title}
        action="Create invitation"
        isPending={invite.isPending}
        error={invite.error}
        fields={['email', 'role']}
        onSubmit={submit}
      >
        <TextInput
          label="E-mail"
          type="email"
          description="No e-mail is sent: you get a link to pass on."
          data-autofocus
          {...form.getInputProps('email')}
        />
        {roles.length > 0 && <RoleChoice roles={roles} field={form.getInputProps('role')} />}
      </FormDialog>
      <ShownOnce
        value={invitation?.url}
        onClose={() => setInvitation(undefined)}
        title={`Link for ${invitation?.email ?? ''}`}
        copyLabel="Copy link"
      >
        Send this link to {invitation?.email} in private. It works once, within a week, and whoever opens it
        chooses the password.
      </ShownOnce>
    </>
  )
}
