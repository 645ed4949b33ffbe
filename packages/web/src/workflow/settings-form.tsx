import { Alert, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { client, type Schema } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf } from '../parts/field-errors.ts'
import { Mono } from '../parts/mono.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useUnsavedGuard } from '../parts/use-unsaved-guard.tsx'
import { changesOf, type Settings, settingsOf } from './settings-changes.ts'
import { StateList } from './state-list.tsx'

const FIELDS = ['name', 'states', 'initialState', 'resolvedState', 'previewImages'] as const

/** Edits a workflow; sends only what was changed. */
export function SettingsForm({ workflow }: { workflow: Schema<'Workflow'> }) {
  const { workflowId } = workflow
  const form = useSettings(workflow)
  const unsaved = useUnsavedGuard(form.isDirty())
  const { states } = form.values
  const save = useCall(
    (body: Schema<'EditWorkflow'>) =>
      client.PATCH('/api/v1/workflows/{workflowId}', { params: { path: { workflowId } }, body }),
    {
      refreshes: [
        '/api/v1/workflows/{workflowId}',
        '/api/v1/workflows/{workflowId}/item-counts',
        '/api/v1/profiles/{profileId}/workflows',
      ],
      done: 'Settings saved.',
      errors: 'inline',
      onDone: (saved) => form.take(settingsOf(saved)),
    },
  )
  const submit = form.onSubmit((values) =>
    save.mutate(changesOf(form.initial, values), { onError: (error) => form.setErrors(errorsOf(error)) }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg" maw={620}>
        {form.isOutdated && !save.isPending && (
          <OutdatedAlert onDiscard={() => form.take(settingsOf(workflow))} />
        )}
        <TextInput
          label="Name"
          description="Sent in every delivery as workflow.name."
          {...form.getInputProps('name')}
        />
        <StateList
          workflowId={workflowId}
          states={states}
          onChange={(next) => form.setFieldValue('states', next)}
          error={stateError(form.errors)}
        />
        <Select
          label="Initial state"
          description="Where items begin that are filed without a state."
          data={withCurrent(states, form.values.initialState)}
          allowDeselect={false}
          {...form.getInputProps('initialState')}
        />
        <Select
          label="Resolved state"
          description={
            <>
              Moving an item there fires <Mono>workflow.item.resolved</Mono>, moving it out of there{' '}
              <Mono>workflow.item.reopened</Mono>. A change applies to later moves; saving makes no events.
            </>
          }
          data={withCurrent(states, form.values.resolvedState)}
          allowDeselect={false}
          {...form.getInputProps('resolvedState')}
        />
        <Switch
          label="Send preview images"
          description="On: the URL, width and height of an alert’s preview image are sent. Off: they are left out. Events already recorded stay as they are."
          {...form.getInputProps('previewImages', { type: 'checkbox' })}
        />
        <ProblemAlert error={save.error} fields={FIELDS} />
        <Group gap="sm">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save settings
          </Button>
          {form.isDirty() && (
            <>
              <Button variant="default" onClick={() => form.take(settingsOf(workflow))}>
                Discard changes
              </Button>
              <Text size="sm" c="dimmed">
                Unsaved changes
              </Text>
            </>
          )}
        </Group>
      </Stack>
      {unsaved.dialog}
    </form>
  )
}

/** The form's values, which follow the workflow for as long as nothing was changed here. */
function useSettings(workflow: Schema<'Workflow'>) {
  const form = useForm<Settings>({ initialValues: settingsOf(workflow) })
  const initial = form.getInitialValues()
  const isOutdated = Object.keys(changesOf(initial, settingsOf(workflow))).length > 0
  const take = (settings: Settings): void => {
    form.setInitialValues(settings)
    form.setValues(settings)
    form.clearErrors()
  }
  const mustFollow = isOutdated && !form.isDirty()
  useEffect(() => {
    if (mustFollow) take(settingsOf(workflow))
  }, [mustFollow, workflow])
  return { ...form, initial, take, isOutdated: isOutdated && !mustFollow }
}

function OutdatedAlert({ onDiscard }: { onDiscard: () => void }) {
  return (
    <Alert variant="light" color="gray" p="sm" title="Someone else has changed these settings">
      <Group justify="space-between" gap="sm">
        <span>Saving keeps their changes, except in the fields that you changed too.</span>
        <Button variant="default" onClick={onDiscard}>
          Discard mine, show theirs
        </Button>
      </Group>
    </Alert>
  )
}

/** A state that was removed is shown for as long as it is chosen, with what the server says of that. */
function withCurrent(states: readonly string[], current: string): string[] {
  return states.includes(current) ? [...states] : [...states, current]
}

function errorsOf(error: unknown): Record<string, string> {
  const errors = fieldErrorsOf(error)
  // Each use has its own error of the field; the detail names all of them.
  if (isProblem(error, 'state_in_use')) errors.states = error.message
  return errors
}

/** That of the list, or of one of its entries. */
function stateError(errors: Record<string, unknown>): string | undefined {
  const found = Object.entries(errors).find(([field]) => field === 'states' || field.startsWith('states.'))
  return found && String(found[1])
}
