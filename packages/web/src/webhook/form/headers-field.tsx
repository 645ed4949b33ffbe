import { Button, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { MAX_CUSTOM_HEADERS } from '@workflow-webhooks/contract'
import { newHeaderRow, type WebhookValues } from '../webhook-values.ts'
import { FieldGroup } from './field-group.tsx'
import { HeaderRowField } from './header-row-field.tsx'

type Props = { form: UseFormReturnType<WebhookValues> }

/** Headers that are sent beside ours, such as what a gateway in front of the receiver asks for. */
export function HeadersField({ form }: Props) {
  const { headers } = form.values
  const isFull = headers.length >= MAX_CUSTOM_HEADERS
  return (
    <FieldGroup
      label="Custom headers"
      description="Optional, sent with each delivery. Values are stored encrypted and never shown again."
      error={form.errors.headers}
    >
      <Stack gap="xs">
        {headers.map((row, index) => (
          <HeaderRowField key={row.key} form={form} row={row} index={index} />
        ))}
      </Stack>
      <Button
        variant="default"
        mt={headers.length === 0 ? 0 : 8}
        leftSection={<IconPlus size={16} />}
        disabled={isFull}
        onClick={() => form.insertListItem('headers', newHeaderRow())}
      >
        {isFull ? `At most ${MAX_CUSTOM_HEADERS} headers` : 'Add header'}
      </Button>
    </FieldGroup>
  )
}
