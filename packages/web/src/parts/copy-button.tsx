import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'

type Props = {
  value: string
  /** What is copied: `Copy secret`. */
  label: string
  /** Shows the label as a button; otherwise an icon with the label as its name. */
  isText?: boolean
  variant?: ButtonProps['variant']
  size?: ButtonProps['size']
}

/** Copies a text, and says so. */
export function CopyButton({ value, label, isText = false, variant, size }: Props) {
  const clipboard = useClipboard({ timeout: 2_000 })
  const copy = (): void => clipboard.copy(value)
  const icon = clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />
  const said = clipboard.copied ? 'Copied' : label
  if (isText) {
    return (
      <Button variant={variant ?? 'default'} size={size} leftSection={icon} onClick={copy}>
        <span aria-live="polite">{said}</span>
      </Button>
    )
  }
  return (
    <Tooltip label={said}>
      <ActionIcon variant={variant ?? 'subtle'} color="gray" onClick={copy} aria-label={said}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
