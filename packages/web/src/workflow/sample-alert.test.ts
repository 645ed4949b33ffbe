import { alertSchema, fileItemSchema } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { filingCommand, sampleAlert } from './sample-alert.ts'

test('a sample alert can be filed, says that it is one, and has another id the next time', () => {
  const alert = sampleAlert(new Date('2026-11-23T21:00:00.123Z'))
  expect(alertSchema.parse(alert)).toEqual(alert)
  expect(alert).toMatchObject({ alertId: 'sample-2026-11-23T21:00:00.123Z' })
  expect(alert.subject).toMatch(/^Sample/)
})

test('the command for the shell files an item in this very workflow', () => {
  const command = filingCommand('https://outtake.example', 'wfl_1')
  expect(command).toContain('curl https://outtake.example/api/v1/workflows/wfl_1/items ')
  const body = /-d '([^']*)'$/.exec(command)![1]!
  expect(fileItemSchema.safeParse(JSON.parse(body)).success).toBe(true)
})
