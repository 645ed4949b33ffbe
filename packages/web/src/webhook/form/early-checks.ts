import { FORM_INDEX } from '@mantine/form'
import { webhookErrors } from './webhook-errors.ts'

/** When fields are checked before one saves: headers when one leaves them, platforms when one adds them. */
export const earlyChecks = {
  validate: webhookErrors,
  validateInputOnBlur: [`headers.${FORM_INDEX}.name` as const, `headers.${FORM_INDEX}.value` as const],
  validateInputOnChange: ['filters.platform' as const],
}
