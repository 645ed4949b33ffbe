import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { apiKeyRoles } from '@workflow-webhooks/contract'
import { useState } from 'react'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { RoleChoice } from './role-choice.tsx'

type Props = { profileId: string; isOpen: boolean; onClose: () => void }

const initialValues: Schema<'CreateApiKey'> = { name: '', role: 'pipeline' }

/** Creates an API key, then shows it once. */
export function CreateApiKey({ profileId, isOpen, onClose }: Props) {
  const [created, setCreated] = useState<Schema<'CreatedApiKey'>>()
  const form = useForm({
    initialValues,
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
  })
  const create = useCall(
    (body: Schema<'CreateApiKey'>) =>
      client.POST('/api/v1/profiles/{profileId}/api-keys', { params: { path: { profileId } }, body }),
    {
      errors: 'inline',
      refreshes: ['/api/v1/profiles/{profileId}/api-keys'],
      onDone: (answer) => {
        close()
        setCreated(answer)
      },
    },
  )
  const close = (): void => {
    form.reset()
    create.reset()
    onClose()
  }
  const submit = form.onSubmit(({ name, role }) =>
    create.mutate({ name: name.trim(), role }, { onError: (error) => form.setErrors(fieldErrorsOf(error)) }),
  )
  return (
    <>
      <FormDialog
        isOpen={isOpen}
        onClose={close}
        title="Create API key"
        action="Create API key"
        isPending={create.isPending}
        error={create.error}
        fields={['name', 'role']}
        onSubmit={submit}
      >
        <TextInput
          label="Name"
          description="The program that will use it, so that you know what stops if you revoke it."
          data-autofocus
          {...form.getInputProps('name')}
        />
        <RoleChoice roles={apiKeyRoles} field={form.getInputProps('role')} />
      </FormDialog>
      <ShownOnce
        value={created?.key}
        onClose={() => setCreated(undefined)}
        title={`API key ${created?.name ?? ''}`}
        copyLabel="Copy key"
      >
        Send it in the header <code>Authorization: Bearer …</code>
      </ShownOnce>
    </>
  )
}
