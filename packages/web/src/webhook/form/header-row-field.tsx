import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconX } from '@tabler/icons-react'
import type { HeaderRow, WebhookValues } from '../webhook-values.ts'
import classes from './header-row-field.module.css'

type Props = { form: UseFormReturnType<WebhookValues>; row: HeaderRow; index: number }

/** One custom header. A stored value stays until another is typed; its name cannot change without its value. */
export function HeaderRowField({ form, row, index }: Props) {
  const name = form.getInputProps(`headers.${index}.name`)
  const value = form.getInputProps(`headers.${index}.value`)
  const called = row.name || `header ${index + 1}`
  const setValue = (text: string | null) => form.setFieldValue(`headers.${index}.value`, text)
  const isKept = row.value === null
  return (
    <div className={classes.row}>
      <TextInput
        {...name}
        className={classes.name!}
        aria-label={`Name of ${called}`}
        placeholder="Name"
        readOnly={row.isStored}
        variant={row.isStored ? 'filled' : 'default'}
        autoComplete="off"
        spellCheck={false}
        // Whoever adds a row is about to name it.
        autoFocus={!row.isStored && row.name === ''}
      />
      <TextInput
        {...value}
        className={classes.value!}
        aria-label={`Value of ${called}`}
        value={row.value ?? ''}
        placeholder={isKept ? 'Stored value is kept' : 'Value'}
        readOnly={isKept}
        variant={isKept ? 'filled' : 'default'}
        autoComplete="off"
        spellCheck={false}
        rightSectionWidth={74}
        rightSectionPointerEvents="auto"
        rightSection={
          row.isStored && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => setValue(isKept ? '' : null)}
              aria-label={isKept ? `Replace the value of ${called}` : `Keep the stored value of ${called}`}
            >
              {isKept ? 'Replace' : 'Keep'}
            </Button>
          )
        }
      />
      <Tooltip label="Remove">
        <ActionIcon
          className={classes.remove!}
          variant="subtle"
          color="gray"
          size={34}
          aria-label={`Remove ${called}`}
          onClick={() => form.removeListItem('headers', index)}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
