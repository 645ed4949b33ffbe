import type { Notice } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { toMailText } from './mail-text.ts'

const notice: Notice = {
  type: 'webhook.failing',
  noticeId: 'ntc_1',
  at: '2026-11-23T21:05:00.000Z',
  profileId: 'prf_1',
  workflow: { workflowId: 'wfl_1', name: 'Brand impersonation' },
  webhook: { webhookId: 'whk_1', host: 'siem.acme.com', description: 'SIEM' },
  failingSince: '2026-11-23T21:00:00.000Z',
  failedInARow: 3,
  commonestError: 'HTTP 503',
  link: 'https://app.example/workflows/wfl_1/webhooks/whk_1',
}

const footer = [
  'You get this because an admin of the profile "Acme" entered this address for notices of its webhooks.',
  'To get no more, ask an admin of it, or answer this e-mail: it goes to those who run the service.',
]

test('a mail says which webhook fails, since when, with what, and where to look, and at last who had it sent', () => {
  expect(toMailText(notice, 'Acme')).toEqual({
    subject: 'Webhook failing: siem.acme.com (Brand impersonation)',
    text: [
      'All deliveries to this webhook have failed since 2026-11-23 21:00 UTC: 3 deliveries so far, most often with: HTTP 503',
      'New events are still sent to it. Deliveries that have failed can be replayed.',
      '',
      'Webhook: siem.acme.com, SIEM',
      'Workflow: Brand impersonation',
      'https://app.example/workflows/wfl_1/webhooks/whk_1',
      '',
      ...footer,
      '',
    ].join('\n'),
  })
})

test('a recovery and a pause are told in their own words', () => {
  const { commonestError: _, ...recovered } = {
    ...notice,
    type: 'webhook.recovered' as const,
    failedInARow: 1,
  }
  expect(toMailText(recovered, 'Acme')).toMatchObject({
    subject: 'Webhook recovered: siem.acme.com (Brand impersonation)',
    text: expect.stringContaining('succeeded again. Before it, 1 delivery had failed since'),
  })
  expect(toMailText({ ...notice, type: 'webhook.paused' }, 'Acme')).toMatchObject({
    subject: 'Webhook paused: siem.acme.com (Brand impersonation)',
    text: expect.stringContaining('nothing is sent to it until somebody enables deliveries again'),
  })
})

test('a test says that it is one', () => {
  const { subject, text } = toMailText({ ...notice, test: true }, 'Acme')
  expect(subject).toBe('Test: Webhook failing: siem.acme.com (Brand impersonation)')
  expect(text.split('\n')[0]).toBe('This is a test: nothing of this has happened.')
  expect(text.split('\n').slice(-3)).toEqual([...footer, ''])
})

test('a name cannot begin a line, a header or a long story', () => {
  const name = 'Brand\r\nBcc: everybody@example.com\u2028\u0085x'
  const { subject, text } = toMailText(
    {
      ...notice,
      workflow: { workflowId: 'wfl_1', name },
      webhook: { ...notice.webhook, description: `a\nb${'c'.repeat(1_000)}` },
      commonestError: 'x\ny',
    },
    'Acme\nInc.',
  )
  expect(subject).toBe('Webhook failing: siem.acme.com (Brand Bcc: everybody@example.com x)')
  expect(text.split('\n')).toHaveLength(10)
  expect(text).toContain('"Acme Inc."')
  expect(text.length).toBeLessThan(900)
})

test('nothing that cannot be seen turns a text around, or hides in it', () => {
  const hidden = '\u202e\u2066\u200b\u200f\u00ad\ufeff\u{e0041}'
  const { subject, text } = toMailText(
    {
      ...notice,
      workflow: { workflowId: 'wfl_1', name: `moc${hidden}.elgoog` },
      webhook: { ...notice.webhook, host: `siem${hidden}.acme.com`, description: `SI${hidden}EM` },
      commonestError: `HTTP${hidden} 503`,
    },
    `Ac${hidden}me`,
  )
  expect(subject).toBe('Webhook failing: siem.acme.com (moc.elgoog)')
  expect(`${subject}${text}`).not.toMatch(/\p{Cf}/u)
  expect(text).toContain('"Acme"')
})

test('a workflow without a name is not spoken of', () => {
  const { subject, text } = toMailText({ ...notice, workflow: { workflowId: 'wfl_1' } }, 'Acme')
  expect(subject).toBe('Webhook failing: siem.acme.com')
  expect(text).not.toContain('Workflow:')
})
