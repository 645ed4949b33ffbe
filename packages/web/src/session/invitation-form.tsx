import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { emailProblem } from '../parts/email-problem.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { newPasswordHint, newPasswordProblem } from './new-password-rule.ts'
import { SessionFrame } from './session-frame.tsx'
import { SessionProblem } from './session-problem.tsx'
import { useSignedIn } from './use-signed-in.ts'

type Props = { token: string; invitation: Schema<'OpenInvitation'> }

const FIELDS = ['name', 'email', 'password']

/** Makes the account that an invitation is for, and signs in. */
export function InvitationForm({ token, invitation }: Props) {
  const goOn = useSignedIn()
  const isOpenEmail = invitation.email === undefined
  const form = useForm({
    initialValues: { name: '', email: invitation.email ?? '', password: '' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Enter your name.' : null),
      email: emailProblem,
      password: newPasswordProblem,
    },
  })
  const accept = useCall(
    (body: Schema<'AcceptInvitation'>) => client.POST('/api/v1/invitations/accept', { body }),
    { errors: 'inline', onDone: (me) => void goOn(me) },
  )
  const submit = form.onSubmit(({ name, email, password }) =>
    accept.mutate(
      { token, name: name.trim(), password, ...(isOpenEmail && { email: email.trim() }) },
      { onError: (error) => form.setErrors(fieldErrorsOf(error)) },
    ),
  )
  return (
    <SessionFrame title={titleOf(invitation)}>
      <Text size="sm" c="dimmed">
        {meaningOf(invitation)}
      </Text>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label="Name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            readOnly={!isOpenEmail}
            variant={isOpenEmail ? 'default' : 'filled'}
            description={
              isOpenEmail ? 'You sign in with it.' : 'The invitation is for this e-mail; you sign in with it.'
            }
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description={newPasswordHint}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <SessionProblem error={accept.error} fields={FIELDS} />
          <Button type="submit" loading={accept.isPending} mt={4}>
            Create account
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  )
}

function titleOf({ role, profileName }: Schema<'OpenInvitation'>): string {
  return role === 'operator' ? 'Become an operator' : `Join ${profileName ?? 'a profile'}`
}

function meaningOf({ role }: Schema<'OpenInvitation'>): string {
  if (role === 'operator') return 'Operators provision profiles, grant webhook access, and can do everything.'
  if (role === 'admin') return 'As an admin you configure webhooks, make API keys and invite others.'
  return 'As an analyst you read items, webhooks and deliveries, and change nothing.'
}
