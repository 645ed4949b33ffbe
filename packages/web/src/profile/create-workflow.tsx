import { Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { MAX_STATES } from '@workflow-webhooks/contract'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { FormDialog } from '../parts/form-dialog.tsx'

type Props = { profileId: string; isOpen: boolean; onClose: () => void }

const initialValues = { name: '', states: ['New', 'In review', 'Resolved'], resolvedState: 'Resolved' }

/** Creates a workflow and goes to its webhooks. */
export function CreateWorkflow({ profileId, isOpen, onClose }: Props) {
  const navigate = useNavigate()
  const form = useForm({
    initialValues,
    validate: {
      name: (name) => (name.trim() === '' ? 'Enter a name.' : null),
      states: (states) => (states.length === 0 ? 'Enter at least one state.' : null),
      resolvedState: (resolved, { states }) =>
        states.includes(resolved) ? null : 'Choose the state that means resolved.',
    },
  })
  const create = useCall(
    (body: Schema<'CreateWorkflow'>) =>
      client.POST('/api/v1/profiles/{profileId}/workflows', { params: { path: { profileId } }, body }),
    {
      errors: 'inline',
      refreshes: ['/api/v1/profiles/{profileId}/workflows'],
      done: 'Workflow created.',
      onDone: ({ workflowId }) => {
        close()
        void navigate({ to: '/workflows/$workflowId/webhooks', params: { workflowId } })
      },
    },
  )
  const close = (): void => {
    form.reset()
    create.reset()
    onClose()
  }
  const submit = form.onSubmit((values) =>
    create.mutate(
      { ...values, name: values.name.trim() },
      { onError: (error) => form.setErrors(fieldErrorsOf(error)) },
    ),
  )
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={close}
      title="Create workflow"
      action="Create workflow"
      isPending={create.isPending}
      error={create.error}
      fields={['name', 'states', 'resolvedState']}
      onSubmit={submit}
    >
      <TextInput
        label="Name"
        placeholder="Brand impersonation"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TagsInput
        label="States"
        description="In order: items begin in the first. Type a name and press Enter."
        maxTags={MAX_STATES}
        clearable={false}
        {...form.getInputProps('states')}
      />
      <Select
        label="Resolved state"
        description="Moving into it is “resolved”, moving out of it “reopened”."
        data={form.values.states}
        allowDeselect={false}
        {...form.getInputProps('resolvedState')}
      />
    </FormDialog>
  )
}
