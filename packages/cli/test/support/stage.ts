import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { topics } from '@workflow-webhooks/contract'
import {
  type Api,
  createApi,
  createCertificateAuthority,
  type ReceiverProcess,
  startReceiverProcess,
  startService,
  waitFor,
} from '@workflow-webhooks/testkit'
import { inject } from 'vitest'
import { type Cli, createCli } from './cli.ts'

const OPERATOR_KEY = 'operator-key-of-the-tests'

/** A service on an embedded database, with a receiver and the command, which is logged in as an admin by its environment. */
export type Stage = {
  url: string
  /** As an operator. */
  api: Api
  apiKey: string
  workflowId: string
  receiver: ReceiverProcess
  cli: Cli
  /** Where the command keeps its files. */
  configHome: string
  environment: Record<string, string>
  addWebhook(url: string, fields?: object): Promise<{ webhookId: string; secret: string }>
  /** Files an alert. */
  file(alertId: string): Promise<{ itemId: string; eventId: string }>
  /** Waits until all deliveries of a webhook are settled; gives them back, newest first. */
  settled(webhookId: string, count: number): Promise<{ deliveryId: string; status: string }[]>
  stop(): Promise<void>
}

export async function setStage(): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-cli-'))
  const dataDir = join(directory, 'data')
  await cp(inject('embeddedTemplate'), dataDir, { recursive: true })
  const configHome = join(directory, 'config')
  await makeListenCertificate(configHome)
  const authority = createCertificateAuthority()
  const caFile = join(directory, 'ca.pem')
  const ownFile = join(configHome, 'workflow-webhooks', 'listen-cert.pem')
  await writeFile(caFile, `${authority.caPem}\n${await readFile(ownFile, 'utf8')}`)
  const receiver = await startReceiverProcess({
    certificate: await authority.issue({ ipAddresses: ['127.0.0.1'] }),
  })
  const service = await startService({
    dataDir,
    env: {
      OPERATOR_API_KEY: OPERATOR_KEY,
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: caFile,
      RETRY_DELAYS: '50ms',
    },
  })
  const api = createApi(service.url, OPERATOR_KEY)
  const { profileId } = await api.call<{ profileId: string }>('POST', '/profiles', {
    name: 'Acme',
    webhookAccess: true,
  })
  const { workflowId } = await api.call<{ workflowId: string }>('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: ['New', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const { key } = await api.call<{ key: string }>('POST', `/profiles/${profileId}/api-keys`, {
    name: 'terminal',
    role: 'admin',
  })
  const environment = {
    XDG_CONFIG_HOME: configHome,
    XDG_CACHE_HOME: configHome,
    WORKFLOW_WEBHOOKS_URL: service.url,
    WORKFLOW_WEBHOOKS_API_KEY: key,
  }
  const cli = createCli(environment)
  const webhooks = `/workflows/${workflowId}/webhooks`
  return {
    url: service.url,
    api,
    apiKey: key,
    workflowId,
    receiver,
    cli,
    configHome,
    environment,
    addWebhook: (url, fields = {}) => api.call('POST', webhooks, { url, topics, ...fields }),
    file: (alertId) =>
      api.call('POST', `/workflows/${workflowId}/items`, {
        alert: {
          alertId,
          type: 'content',
          platform: 'email',
          subject: `Invoice overdue: ${alertId}`,
          securityDescription: 'A look-alike of the billing department asks for payment.',
        },
      }),
    async settled(webhookId, count) {
      let settled: { deliveryId: string; status: string }[] = []
      await waitFor(
        async () => {
          const list = await api.call<{ data: typeof settled }>('GET', `${webhooks}/${webhookId}/deliveries`)
          settled = list.data.filter(({ status }) => status !== 'pending')
          return settled.length >= count
        },
        { message: `${count} deliveries to be settled` },
      )
      return settled
    },
    async stop() {
      await cli.stopAll()
      await service.stop()
      await receiver.stop()
      await rm(directory, { recursive: true })
    },
  }
}

/** `listen --tls` makes its certificate at its first start; the service reads it at its own. */
async function makeListenCertificate(configHome: string): Promise<void> {
  const cli = createCli({ XDG_CONFIG_HOME: configHome, XDG_CACHE_HOME: configHome })
  const listening = cli.start(['listen', '--tls', '--port', '0', '--json'])
  await listening.waitFor(() => listening.json().length > 0, 'the command to listen')
  await listening.stop()
}
