import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Notice } from '@workflow-webhooks/contract'
import { verify } from '@workflow-webhooks/receiver'
import {
  createCertificateAuthority,
  type Receiver,
  type ReceiverAnswer,
  type ServiceProcess,
  startReceiver,
  startService,
  waitFor,
} from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded } from '../src/database/embedded.ts'
import { openPostgres } from '../src/database/postgres.ts'
import { type Api, configure, createApi } from './support/api.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { OPERATOR_KEY } from './support/environment.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'
import { sampleAlert } from './support/seed.ts'

describeDatabases('a webhook that fails', (createDatabase) => {
  let testDatabase: TestDatabase
  let directory: string
  let receiver: Receiver
  let mailServer: MailServer
  let service: ServiceProcess
  let environment: Record<string, string>
  const answers: Record<string, ReceiverAnswer> = {}

  beforeAll(async () => {
    testDatabase = await createDatabase()
    directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-ca-'))
    const authority = createCertificateAuthority()
    const caFile = join(directory, 'ca.pem')
    await writeFile(caFile, authority.caPem)
    const certificate = await authority.issue({ ipAddresses: ['127.0.0.1'] })
    receiver = await startReceiver({ certificate, answer: ({ path }) => answers[path] ?? {} })
    mailServer = await startMailServer(certificate)
    environment = {
      ...testDatabase.environment,
      OPERATOR_API_KEY: OPERATOR_KEY,
      ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'),
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: caFile,
      RETRY_DELAYS: '20ms',
      DELIVERY_TIMEOUT: '5s',
      LANE_LEASE: '10s',
      PUBLIC_URL: 'https://app.example',
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'alerts@outtake.example',
    }
    service = await startService({ env: environment })
  })
  afterAll(async () => {
    await service?.stop()
    await mailServer?.stop()
    await receiver?.stop()
    await rm(directory, { recursive: true })
    await testDatabase?.remove()
  })

  const api = (): Api => createApi(service.url, OPERATOR_KEY)
  const told = () => receiver.requests.filter(({ path }) => path === '/ops')
  /** A crash may repeat a mail. */
  const subjects = () => [...new Set(mailServer.mails.map(({ raw }) => /^Subject: (.*?) \(/m.exec(raw)?.[1]))]
  const waitForSubjects = (count: number) =>
    waitFor(() => subjects().length >= count, { timeoutMs: 30_000, message: `${count} kinds of mails` })

  test('is told of in the app, by an operational webhook and by e-mail, across a crash; is paused; recovers', async () => {
    answers['/siem'] = { status: 503 }
    const { profileId, workflowId, webhookIds } = await configure(api(), [receiver.url('/siem')])
    const webhookPath = `/workflows/${workflowId}/webhooks/${webhookIds[0]}`
    await api().call('PATCH', webhookPath, { pauseAfter: '1h' })
    const set = await api().call<{ webhook: { secret: string } }>(
      'PUT',
      `/profiles/${profileId}/notice-settings`,
      { webhook: { url: receiver.url('/ops') }, emails: ['ada@example.com'] },
    )
    const file = (...ids: string[]) =>
      api().call('POST', `/workflows/${workflowId}/items`, {
        items: ids.map((id) => ({ alert: sampleAlert(id) })),
      })
    const types = async (path: string) => {
      const { data } = await api().call<{ data: Notice[] }>('GET', path)
      return data.map(({ type }) => type)
    }

    // The service dies while the operational webhook has the notice and has not answered.
    answers['/ops'] = { hang: true }
    await file('a', 'b', 'c')
    await receiver.waitFor(() => told().length > 0, 30_000)
    service.kill('SIGKILL')
    await service.exited
    delete answers['/ops']
    await makeLogOlder('2 hours')
    service = await startService({ env: environment })
    await receiver.waitFor(() => told().length > 1, 30_000)
    await waitForSubjects(1)
    const [first, repeated] = told()
    expect(repeated!.body).toEqual(first!.body)
    expect(repeated!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    const { headers, body } = repeated!
    await verify({ headers, body, secret: set.webhook.secret })
    expect(JSON.parse(body.toString())).toMatchObject({
      type: 'webhook.failing',
      webhook: { webhookId: webhookIds[0], host: `127.0.0.1:${receiver.port}` },
      failedInARow: 3,
      commonestError: 'HTTP 503',
      link: `https://app.example/workflows/${workflowId}/webhooks/${webhookIds[0]}`,
    })

    await file('d')
    await receiver.waitFor(() => told().length > 2, 30_000)
    await waitForSubjects(2)
    expect(await api().call('GET', webhookPath)).toMatchObject({
      enabled: false,
      pausedReason: 'All deliveries failed for 1h, most often with: HTTP 503',
    })
    const audit = `/profiles/${profileId}/audit-entries`
    const { data: entries } = await api().call<{ data: object[] }>('GET', audit)
    expect(entries[0]).toMatchObject({ action: 'webhook.paused', actorId: 'system', target: webhookIds[0] })

    delete answers['/siem']
    await api().call('PATCH', webhookPath, { enabled: true })
    await file('e')
    await receiver.waitFor(() => told().length > 3, 30_000)
    await waitForSubjects(3)
    const all = ['webhook.recovered', 'webhook.paused', 'webhook.failing']
    expect(await types(`/workflows/${workflowId}/notices`)).toEqual(all)
    expect(await types(`/profiles/${profileId}/notices`)).toEqual(all)
    const host = `127.0.0.1:${receiver.port}`
    expect(subjects()).toEqual([
      `Webhook failing: ${host}`,
      `Webhook paused: ${host}`,
      `Webhook recovered: ${host}`,
    ])
    const { data: health } = await api().call<{ data: object[] }>(
      'GET',
      `/workflows/${workflowId}/webhook-health`,
    )
    expect(health[0]).not.toHaveProperty('failingSince')
    expect(service.logs()).not.toMatch(/correct|horse|ada@example|whsec_/)
  }, 180_000)

  /** As if all had happened so long ago: a pause cannot be had in less than an hour. */
  async function makeLogOlder(interval: string): Promise<void> {
    const { DATABASE_URL: url, DATA_DIR: dataDir } = testDatabase.environment
    const onError = (error: Error): never => {
      throw error
    }
    const database = url ? openPostgres(url, onError) : await openEmbedded(dataDir!, onError)
    await sql`UPDATE delivery SET settled_at = settled_at - ${interval}::interval`.execute(database.kysely)
    await sql`UPDATE webhook_condition SET failing_since = failing_since - ${interval}::interval`.execute(
      database.kysely,
    )
    await database.close()
  }
})
