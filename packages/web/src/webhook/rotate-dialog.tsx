import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { generateSecret, secretProblem } from '@workflow-webhooks/contract'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { fieldErrorsOf, sentence } from '../parts/field-errors.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { SecretField } from '../parts/secret-field.tsx'
import type { WebhookPath } from './use-webhook.ts'

const NO_OVERLAP = 'none'
const overlaps = [
  { value: NO_OVERLAP, label: 'None' },
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 days' },
]

/** Replaces the secret: a new value to copy first, and for how long the old one signs beside it. */
export function RotateDialog({ path, onClose }: { path: WebhookPath; onClose: () => void }) {
  const form = useForm({
    initialValues: { secret: generateSecret(), overlap: '24h' },
    validate: { secret: secretError },
  })
  const rotate = useCall(
    (body: Schema<'RotateSecret'>) =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/secret', {
        params: { path },
        body,
      }),
    {
      refreshes: [
        '/api/v1/workflows/{workflowId}/webhooks/{webhookId}',
        '/api/v1/workflows/{workflowId}/webhooks',
      ],
      errors: 'inline',
      done: 'Secret rotated: every request from now on carries the new one.',
      onDone: onClose,
    },
  )
  const submit = form.onSubmit(({ secret, overlap }) =>
    rotate.mutate(
      { secret: secret.trim(), ...(overlap !== NO_OVERLAP && { overlap }) },
      { onError: (error) => form.setErrors(fieldErrorsOf(error)) },
    ),
  )
  const { overlap } = form.values
  return (
    <Modal opened onClose={onClose} title="Rotate the secret" size="lg">
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <SecretField
            value={form.values.secret}
            error={form.errors.secret}
            description="Choose “Generate a new secret” or paste your own value: 16 to 256 visible characters."
            onChange={(secret) => form.setFieldValue('secret', secret)}
          />
          <Stack gap={6}>
            <Text size="sm" fw={500} id="overlap">
              Overlap
            </Text>
            <SegmentedControl data={overlaps} aria-labelledby="overlap" {...form.getInputProps('overlap')} />
            <Text size="sm" c="dimmed">
              {overlap === NO_OVERLAP
                ? 'The old secret ends at once.'
                : 'Both signatures are sent until then, so a receiver that verifies signatures takes either secret. x-outtake-secret carries the new one at once.'}{' '}
              A rotation during an overlap drops the oldest secret.
            </Text>
          </Stack>
          <Alert variant="light" color="yellow" p="sm">
            <Text size="sm">
              Copy the new secret into your receiver before you save, so that deliveries continue to
              authenticate.
            </Text>
          </Alert>
          <ProblemAlert error={rotate.error} fields={['secret']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              Save the new secret
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function secretError(secret: string): string | null {
  const problem = secretProblem(secret.trim())
  return problem === undefined ? null : sentence(problem)
}
