import type { Notice, NoticeType } from '@workflow-webhooks/contract'

/** A mail but for whom it goes to. */
export type MailText = { subject: string; text: string }

const LONGEST_DESCRIPTION = 200

/**
 * What a notice says by e-mail: short, in plain text, and no line that a customer's name could begin anew. At last it
 * says who had it sent: nobody has confirmed the address. Pure.
 *
 * @param profileName of the profile whose notice it is
 */
export function toMailText(notice: Notice, profileName: string): MailText {
  const { type, test, workflow, webhook, link } = notice
  const host = oneLine(webhook.host)
  const workflowName = workflow.name === undefined ? '' : oneLine(workflow.name)
  const place = workflowName === '' ? '' : ` (${workflowName})`
  const description = shorten(oneLine(webhook.description ?? ''))
  const lines = [
    ...(test ? ['This is a test: nothing of this has happened.', ''] : []),
    whatHappened(notice),
    whatNow[type],
    '',
    `Webhook: ${host}${description === '' ? '' : `, ${description}`}`,
    ...(workflowName === '' ? [] : [`Workflow: ${workflowName}`]),
    link,
    '',
    `You get this because an admin of the profile "${oneLine(profileName)}" entered this address for notices of its webhooks.`,
    'To get no more, ask an admin of it, or answer this e-mail: it goes to those who run the service.',
    '',
  ]
  return { subject: `${test ? 'Test: ' : ''}${subjects[type]}: ${host}${place}`, text: lines.join('\n') }
}

const subjects: Readonly<Record<NoticeType, string>> = {
  'webhook.failing': 'Webhook failing',
  'webhook.recovered': 'Webhook recovered',
  'webhook.paused': 'Webhook paused',
}

function whatHappened({ type, failingSince, failedInARow, commonestError }: Notice): string {
  const since = `${failingSince.slice(0, 16).replace('T', ' ')} UTC`
  const many = failedInARow === 1 ? '1 delivery' : `${failedInARow} deliveries`
  if (type === 'webhook.recovered')
    return `A delivery to this webhook succeeded again. Before it, ${many} had failed since ${since}.`
  const error = commonestError === undefined ? '' : `, most often with: ${oneLine(commonestError)}`
  return `All deliveries to this webhook have failed since ${since}: ${many} so far${error}`
}

const whatNow: Readonly<Record<NoticeType, string>> = {
  'webhook.failing': 'New events are still sent to it. Deliveries that have failed can be replayed.',
  'webhook.recovered': 'Deliveries that have failed can be replayed.',
  'webhook.paused':
    'It was paused, as it is configured: nothing is sent to it until somebody enables deliveries again. What it misses can be replayed then.',
}

/** Without what cannot be seen either: it could turn the text around (U+202E), or hide something in it. */
function oneLine(text: string): string {
  return text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}

function shorten(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION)} …`
}
