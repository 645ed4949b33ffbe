import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { getRouteApi } from '@tanstack/react-router'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { SessionFrame } from './session-frame.tsx'
import { SessionProblem } from './session-problem.tsx'
import { useSignedIn } from './use-signed-in.ts'

const route = getRouteApi('/sign-in')

/** E-mail and password. */
export function SignInPage() {
  const { next } = route.useSearch()
  const goOn = useSignedIn()
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() === '' ? 'Enter your e-mail.' : null),
      password: (password) => (password === '' ? 'Enter your password.' : null),
    },
  })
  const signIn = useCall((body: Schema<'SignIn'>) => client.POST('/api/v1/session', { body }), {
    errors: 'inline',
    onDone: (me) => void goOn(me, next),
  })
  return (
    <SessionFrame title="Sign in">
      <form
        noValidate
        onSubmit={form.onSubmit(({ email, password }) => signIn.mutate({ email: email.trim(), password }))}
      >
        <Stack gap="sm">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <SessionProblem error={signIn.error} />
          <Button type="submit" loading={signIn.isPending} mt={4}>
            Sign in
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        No account, or forgot your password? Ask an admin of your profile for an invitation.
      </Text>
    </SessionFrame>
  )
}
