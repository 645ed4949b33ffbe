import { Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { ACCESS_OFF } from './access-switch.tsx'

type Props = { isOpen: boolean; onClose: () => void }

/** Creates a profile and goes there. */
export function CreateProfile({ isOpen, onClose }: Props) {
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { name: '', webhookAccess: true },
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
  })
  const create = useCall((body: Schema<'CreateProfile'>) => client.POST('/api/v1/profiles', { body }), {
    errors: 'inline',
    refreshes: ['/api/v1/profiles'],
    done: ({ name }) => `Profile ${name} created.`,
    onDone: ({ profileId }) => {
      close()
      void navigate({ to: '/profiles/$profileId', params: { profileId } })
    },
  })
  const close = (): void => {
    form.reset()
    create.reset()
    onClose()
  }
  const submit = form.onSubmit(({ name, webhookAccess }) =>
    create.mutate(
      { name: name.trim(), webhookAccess },
      { onError: (error) => form.setErrors(fieldErrorsOf(error)) },
    ),
  )
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={close}
      title="Create profile"
      action="Create profile"
      isPending={create.isPending}
      error={create.error}
      fields={['name']}
      onSubmit={submit}
    >
      <TextInput
        label="Name"
        description="The customer’s name."
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Switch
        mt="xs"
        label="Webhook access"
        description={ACCESS_OFF}
        {...form.getInputProps('webhookAccess', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}
