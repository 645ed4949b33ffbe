import { NativeSelect } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { durationWords, isSameDuration, pauseChoices } from '../pause-text.ts'
import type { WebhookValues } from '../webhook-values.ts'

type Props = { form: UseFormReturnType<WebhookValues> }

/** Whether a webhook that keeps failing is disabled by itself, and when. */
export function PauseField({ form }: Props) {
  const { pauseAfter } = form.values
  // The API takes any duration: what was stored stays a choice.
  const others = new Set([form.getInitialValues().pauseAfter, pauseAfter])
  const choices = ['', ...pauseChoices, ...[...others].filter((other) => choiceOf(other) === undefined)]
  return (
    <NativeSelect
      label="Pause it when it has failed for"
      description="When every delivery has failed for so long, deliveries are turned off until somebody enables them. Never silently: members get a notice, and it is in the audit log."
      data={choices.map((value) => ({
        value,
        label: value === '' ? 'Off: it is never paused' : durationWords(value),
      }))}
      styles={{ wrapper: { maxWidth: 340 } }}
      {...form.getInputProps('pauseAfter')}
      value={choiceOf(pauseAfter) ?? pauseAfter}
    />
  )
}

function choiceOf(duration: string): string | undefined {
  return ['', ...pauseChoices].find((choice) => isSameDuration(choice, duration))
}
