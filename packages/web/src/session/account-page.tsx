import { Button, Group, PasswordInput, Stack, Table, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { PageHeader } from '../parts/page-header.tsx'
import { useMe } from './me.ts'
import { newPasswordHint, newPasswordProblem } from './new-password-rule.ts'
import { SessionProblem } from './session-problem.tsx'
import { useSignOut } from './use-sign-out.ts'

/** Who one is, the password, and signing out everywhere. */
export function AccountPage() {
  const me = useMe()
  const signOut = useSignOut('all')
  return (
    <>
      <PageHeader title="Account" />
      <Stack gap="xl" maw={520}>
        <Table variant="vertical" withTableBorder highlightOnHover={false}>
          <Table.Tbody>
            <Row name="Name">{me.name ?? '—'}</Row>
            <Row name="E-mail">{me.email ?? '—'}</Row>
            <Row name="Role">{me.role}</Row>
            {me.profileName !== undefined && <Row name="Profile">{me.profileName}</Row>}
          </Table.Tbody>
        </Table>
        <PasswordForm />
        <Stack gap="xs">
          <Title order={2}>Sessions</Title>
          <Text size="sm" c="dimmed">
            Ends your sessions in all browsers, including this one. Open pages stop within 30 seconds.
          </Text>
          <Group>
            <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
              Sign out everywhere
            </Button>
          </Group>
        </Stack>
      </Stack>
    </>
  )
}

function Row({ name, children }: { name: string; children: string }) {
  return (
    <Table.Tr>
      <Table.Th w={120} scope="row">
        {name}
      </Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  )
}

function PasswordForm() {
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password === '' ? 'Enter your current password.' : null),
      newPassword: newPasswordProblem,
    },
  })
  const change = useCall((body: Schema<'ChangePassword'>) => client.POST('/api/v1/password', { body }), {
    errors: 'inline',
    done: 'Password changed. Your other sessions have ended.',
    onDone: form.reset,
  })
  const submit = form.onSubmit((values) =>
    change.mutate(values, { onError: (error) => form.setErrors(fieldErrorsOf(error)) }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2}>Change password</Title>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label="New password"
          description={`${newPasswordHint} Your other sessions end.`}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <SessionProblem error={change.error} fields={['currentPassword', 'newPassword']} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
