import { topics } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'
import type { Stage } from './stage.ts'

/** The ids of what there is to look at. */
export type Filled = {
  profileId: string
  workflowId: string
  /** One that delivers, and one whose receiver answers 503. */
  webhookId: string
  failingId: string
  itemId: string
  /** Of the one that fails. */
  deliveryId: string
  /** Of a profile without webhook access. */
  otherProfileId: string
  otherWorkflowId: string
}

type ProfileId = { profileId: string }
type WorkflowId = { workflowId: string }

const subjects = [
  ['https://www.sagawa-exp.example.com/login?id=1', '佐川急便'],
  ['invoice-overdue@billing-acme.example', 'Invoice overdue: act now'],
  [
    'https://login.acme-support.example/session/renew/with/a/path/that/goes/on/and/on?and=a&query=too',
    'Fake sign-in',
  ],
  ['@acme_heIp', 'Impersonates the help desk'],
] as const

/** Fills the service with what a customer has after a while: items that moved, webhooks that do well, fail and are off. */
export async function fillStage({ call, receiver, answer }: Stage): Promise<Filled> {
  const { profileId } = await call<ProfileId>('POST', '/profiles', { name: 'Acme', webhookAccess: true })
  const workflow = {
    states: ['New', 'In review', 'Resolved'],
    resolvedState: 'Resolved',
    previewImages: true,
  }
  const { workflowId } = await call<WorkflowId>('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    ...workflow,
  })
  await call('POST', `/profiles/${profileId}/invitations`, { email: 'ada@acme.example', role: 'admin' })
  await call('POST', `/profiles/${profileId}/api-keys`, { name: 'pipeline', role: 'pipeline' })
  await call('PUT', `/profiles/${profileId}/notice-settings`, { webhook: { url: receiver.url('/ops') } })
  const webhooks = `/workflows/${workflowId}/webhooks`
  const make = async (webhook: object): Promise<string> =>
    (await call<{ webhookId: string }>('POST', webhooks, webhook)).webhookId
  const webhookId = await make({
    url: receiver.url('/soar/hooks/outtake'),
    topics,
    description: 'Opens cases in the SOAR',
    headers: { authorization: 'Bearer 1234' },
  })
  await make({ url: receiver.url('/old'), topics: topics.slice(2), enabled: false })
  await make({ url: receiver.url('/mail'), topics: topics.slice(0, 1), filters: { platform: ['email'] } })

  const items = subjects.map(([subject, contentTitle], index) => ({
    alert: {
      alertId: `alert-${index}`,
      type: index === 3 ? 'account' : 'content',
      platform: ['website', 'email', 'website', 'x'][index],
      subject,
      contentTitle,
      securityDescription: `${contentTitle}. It looks like the real one, and asks for a password.`,
    },
  }))
  const filed = await call<{ data: { itemId: string }[] }>('POST', `/workflows/${workflowId}/items`, {
    items,
  })
  const itemId = filed.data[0]!.itemId
  await settled()

  answer({ status: 503, headers: { 'retry-after': '0' }, body: 'try again later' })
  const failingId = await make({ url: receiver.url('/siem/in'), topics: topics.slice(1, 3) })
  await call('PATCH', `${webhooks}/${webhookId}`, { enabled: false })
  const move = (state: string) => call('POST', `/workflows/${workflowId}/items/${itemId}/state`, { state })
  await move('In review')
  await settled()
  await call('PATCH', `${webhooks}/${webhookId}`, { enabled: true })
  answer({})
  const deliveries = await call<{ data: { deliveryId: string }[] }>(
    'GET',
    `${webhooks}/${failingId}/deliveries`,
  )

  const other = await call<ProfileId>('POST', '/profiles', { name: 'Without access' })
  const otherWorkflow = await call<WorkflowId>('POST', `/profiles/${other.profileId}/workflows`, {
    name: 'Other',
    ...workflow,
  })
  return {
    profileId,
    workflowId,
    webhookId,
    failingId,
    itemId,
    deliveryId: deliveries.data[0]!.deliveryId,
    otherProfileId: other.profileId,
    otherWorkflowId: otherWorkflow.workflowId,
  }

  /** Waits until nothing is pending. */
  function settled(): Promise<void> {
    return waitFor(
      async () => {
        const { data } = await call<{ data: { pending: number }[] }>(
          'GET',
          `/workflows/${workflowId}/webhook-health`,
        )
        return data.every(({ pending }) => pending === 0)
      },
      { timeoutMs: 60_000, message: 'all deliveries to settle' },
    )
  }
}
