import { Button, Group, TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { generateSecret } from '@workflow-webhooks/contract'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import classes from './secret-field.module.css'

type Props = {
  value: string
  onChange: (secret: string) => void
  error: ReactNode
  /** What to do with it before one saves. */
  description: string
  /** Another button beside those of the field. */
  children?: ReactNode
}

/** A shared secret that is shown to be copied before it is saved: a generated one, or one's own. */
export function SecretField({ value, onChange, error, description, children }: Props) {
  return (
    <div>
      <TextInput
        label="Secret"
        description={description}
        value={value}
        error={error}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: classes.mono! }}
        onChange={(event) => onChange(event.currentTarget.value)}
        // Blank means a generated one, and that is shown before it is saved.
        onBlur={() => value.trim() === '' && onChange(generateSecret())}
      />
      <Group gap="xs" mt={8}>
        <CopyButton isText value={value} label="Copy secret" />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          onClick={() => onChange(generateSecret())}
        >
          Generate a new secret
        </Button>
        {children}
      </Group>
    </div>
  )
}
