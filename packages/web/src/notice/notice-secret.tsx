import { Button, Group, Input, Text } from '@mantine/core'
import { generateSecret } from '@workflow-webhooks/contract'
import { SecretField } from '../parts/secret-field.tsx'
import type { NoticeForm } from './use-notice-edit.ts'

type Props = {
  form: NoticeForm
  /** `null`: the stored one stays. */
  secret: string | null
  /** There is a stored one, and the URL's host is the one that knows it. */
  canKeep: boolean
  /** There is a stored one, and the URL has another host. */
  isMoved: boolean
}

/** The secret of the operational webhook: to be copied before it is saved, and hidden from then on. */
export function NoticeSecret({ form, secret, canKeep, isMoved }: Props) {
  const setSecret = (next: string | null): void => form.setFieldValue('secret', next)
  if (secret === null)
    return (
      <Input.Wrapper
        label="Secret"
        labelElement="div"
        description="Stored, and not shown again. A new one holds from the moment you save it."
      >
        <Group gap="sm" mt={6}>
          <Text size="sm" c="dimmed" aria-hidden>
            ••••••••••••
          </Text>
          <Button variant="default" size="compact-sm" onClick={() => setSecret(generateSecret())}>
            Replace the secret
          </Button>
        </Group>
      </Input.Wrapper>
    )
  return (
    <SecretField
      value={secret}
      error={form.errors.secret}
      onChange={setSecret}
      description={`${isMoved ? MOVED : ''}${COPY}`}
    >
      {canKeep && (
        <Button variant="subtle" onClick={() => setSecret(null)}>
          Keep the stored one
        </Button>
      )}
    </SecretField>
  )
}

const MOVED = 'Another host gets another secret. '
const COPY =
  'Copy it into your receiver before you save: it is not shown again. Each notice carries it in x-outtake-secret and is signed with it. You may paste your own.'
