import type { Notice } from '@workflow-webhooks/contract'
import {
  createCertificateAuthority,
  type Receiver,
  type ReceiverAnswer,
  startReceiver,
  waitFor,
} from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import pino from 'pino'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import { newId } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { createEgressGuard } from '../src/delivery/egress-guard.ts'
import { createSender, type Sender } from '../src/delivery/send.ts'
import { createMailer } from '../src/notice/mailer.ts'
import { takeMessages } from '../src/notice/message-queue.ts'
import { createMessageRunner, type MessageRunner } from '../src/notice/message-runner.ts'
import { createMessenger, type Messenger } from '../src/notice/messenger.ts'
import { listProfileNotices, type Told, writeNotice } from '../src/notice/notices.ts'
import { changeNoticeSettings, readNoticeSettings, removeNoticeSettings } from '../src/notice/settings.ts'
import { sendTestNotice } from '../src/notice/test-notice.ts'
import type { Actor } from '../src/profile/actor.ts'
import { appError, auditActions, inTransaction, makeProfile, NOW, settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'
import { createTestApp } from './support/test-app.ts'

const TIMEOUT_MS = 2_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const log = pino({ level: 'silent' })
const anyMail = { noticeId: 'ntc_1', attempt: 1, channel: 'email', profileName: 'Acme' } as const

describeDatabases('notices beside the app', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let receiver: Receiver
  let mailServer: MailServer
  let sender: Sender
  let messenger: Messenger
  let extraCa: string
  let answers: Record<string, ReceiverAnswer>
  let runners: MessageRunner[]
  let admin: Actor
  let profileId: string
  let now: number

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const authority = createCertificateAuthority()
    extraCa = authority.caPem
    const certificate = await authority.issue({ ipAddresses: ['127.0.0.1'] })
    receiver = await startReceiver({ certificate, answer: ({ path }) => answers[path] ?? {} })
    mailServer = await startMailServer(certificate)
    sender = createSender({ guard: createEgressGuard({ allow: ['127.0.0.0/8'] }), extraCa })
    messenger = makeMessenger(mailServer.url)
  })
  afterAll(async () => {
    sender?.destroy()
    await mailServer?.stop()
    await receiver?.stop()
    await testDatabase?.remove()
  })
  beforeEach(async () => {
    answers = {}
    runners = []
    now = NOW
    mailServer.mails.length = 0
    mailServer.refused.clear()
    ;({ admin, profileId } = await makeProfile(database))
  })
  afterEach(async () => {
    for (const runner of runners) await runner.stop()
    await database.kysely.deleteFrom('notice_message').execute()
  })

  function makeMessenger(smtpUrl: string, { by = sender, timeoutMs = TIMEOUT_MS } = {}): Messenger {
    const from = { name: 'Outtake', address: 'alerts@outtake.example' }
    return createMessenger({
      sender: by,
      mailer: createMailer({ smtpUrl, from, extraCa, timeoutMs, log }),
      encryption: settings.encryption,
      timeoutMs,
      clock: systemClock,
      version: '1.0.0',
    })
  }
  function startRunner(retryDelaysMs = [20, 40], using = messenger): MessageRunner {
    const runner = createMessageRunner({
      db: database.kysely,
      messenger: using,
      retryDelaysMs,
      timeoutMs: TIMEOUT_MS,
      clock: systemClock,
      random: () => 0,
      log,
      onError: (error) => {
        throw error
      },
    })
    runners.push(runner)
    runner.start()
    return runner
  }
  const set = (input: { webhook?: { url: string; secret?: string }; emails?: string[] }) =>
    inTransaction(database, (tx) => changeNoticeSettings(tx, admin, profileId, input, settings, true, NOW))
  const sendTest = (using = database) =>
    sendTestNotice(using.kysely, admin, profileId, messenger, 'https://app.example', now)
  const read = () => readNoticeSettings(database.kysely, admin, profileId, true)
  /** As the monitor does when it finds one failing. */
  const tell = (workflowName = 'Brand impersonation', using = database): Promise<Told> =>
    inTransaction(using, (tx) =>
      writeNotice(
        tx,
        {
          webhookId: newId('whk'),
          workflowId: newId('wfl'),
          workflowName,
          profileId,
          host: 'siem.acme.com',
          description: null,
          isOpen: true,
          pauseAfter: null,
          policy: { pauseAfterMs: null },
          condition: { failingSince: null, recoveredAt: null },
        },
        { type: 'webhook.failing', failingSince: new Date(NOW), failedInARow: 3, commonestError: 'HTTP 503' },
        (workflowId, webhookId) => `https://app.example/workflows/${workflowId}/webhooks/${webhookId}`,
        now,
      ),
    )
  const notice = async (workflowName?: string): Promise<Notice> => (await tell(workflowName)).notice
  async function owed(): Promise<number> {
    return (await database.kysely.selectFrom('notice_message').select('notice_id').execute()).length
  }
  const allSent = () => waitFor(async () => (await owed()) === 0, { message: 'all to be sent' })
  const requestsTo = (path: string) => receiver.requests.filter((request) => request.path === path)

  test('the secret is shown once, kept where none is given, and encrypted at rest', async () => {
    expect(await read()).toEqual({ emails: [], emailsAllowed: true })
    const url = receiver.url('/settings')
    const { webhook } = await set({ webhook: { url }, emails: ['ada@example.com'] })
    expect(webhook).toEqual({ url, secret: expect.stringMatching(/^whsec_/) })
    expect(await read()).toEqual({ webhook: { url }, emails: ['ada@example.com'], emailsAllowed: true })
    const stored = async () => {
      const row = database.kysely.selectFrom('notice_settings').select('secret')
      return (await row.where('profile_id', '=', profileId).executeTakeFirst())?.secret
    }
    const secretAtRest = await stored()
    expect(secretAtRest!.toString('latin1')).not.toContain(webhook!.secret)
    expect((await set({ webhook: { url: `${url}/2` } })).webhook).toEqual({ url: `${url}/2` })
    expect(await stored()).toEqual(secretAtRest)
    // No other host gets it.
    const elsewhere = 'https://other.example.com/settings'
    const moved = (await set({ webhook: { url: elsewhere } })).webhook
    expect(moved).toEqual({ url: elsewhere, secret: expect.stringMatching(/^whsec_/) })
    expect(moved!.secret).not.toBe(webhook!.secret)
    expect(settings.encryption.decrypt((await stored())!)).toBe(moved!.secret)
    expect((await set({ webhook: { url: 'HTTPS://OTHER.example.com:443' } })).webhook).not.toHaveProperty(
      'secret',
    )
    expect((await set({ webhook: { url: 'https://other.example.com:8443' } })).webhook).toHaveProperty(
      'secret',
    )
    const secret = 'sixteen-characters'
    expect((await set({ webhook: { url, secret } })).webhook).toEqual({ url, secret })
    await set({ emails: [] })
    expect(await stored()).toBeNull()
    await inTransaction(database, (tx) => removeNoticeSettings(tx, admin, profileId, NOW))
    expect(await stored()).toBeUndefined()
    const analyst: Actor = { ...admin, role: 'analyst' }
    expect((await appError(readNoticeSettings(database.kysely, analyst, profileId, true))).code).toBe(
      'forbidden',
    )
  })

  test('a notice arrives once at each channel: signed as deliveries are, and as a short mail over TLS', async () => {
    const { webhook } = await set({
      webhook: { url: receiver.url('/ok') },
      emails: ['ada@example.com', 'bob@example.com'],
    })
    const told = await notice()
    startRunner()
    startRunner()
    await allSent()
    const [request, ...more] = requestsTo('/ok')
    expect(more).toEqual([])
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': told.noticeId,
      'x-outtake-secret': webhook!.secret,
      'x-outtake-attempt': '1',
      'user-agent': 'Outtake-Webhooks/1.0.0',
    })
    const verified = new StandardWebhook(webhook!.secret!).verify(request!.body, request!.headers)
    expect(verified).toEqual(told)

    expect(mailServer.mails.map(({ to }) => to).sort()).toEqual([['ada@example.com'], ['bob@example.com']])
    const [mail] = mailServer.mails
    expect(mail).toMatchObject({ from: 'alerts@outtake.example', isEncrypted: true, user: 'ada' })
    expect(mail!.raw).toContain('Subject: Webhook failing: siem.acme.com (Brand impersonation)\r\n')
    expect(mail!.raw).toContain(`Message-ID: <${told.noticeId}@outtake.example>\r\n`)
    expect(mail!.raw).toContain('Auto-Submitted: auto-generated\r\n')
    const text = mail!.raw.replaceAll('=\r\n', '')
    expect(text).toContain(told.link)
    expect(text).toContain('an admin of the profile "Acme" entered this address')
    expect(mail!.raw).not.toContain('correct')
  })

  test('a name cannot add a header to a mail', async () => {
    await set({ emails: ['ada@example.com'] })
    await notice('x\r\nBcc: eve@example.com\r\n\r\nClick here')
    startRunner()
    await allSent()
    const [head] = mailServer.mails[0]!.raw.split('\r\n\r\n')
    expect(head).not.toMatch(/^bcc:/im)
    expect(mailServer.mails[0]!.to).toEqual(['ada@example.com'])
  })

  test('an operational webhook that fails is retried by the delays of deliveries, the same bytes, then given up', async () => {
    answers = { '/down': { status: 500 } }
    await set({ webhook: { url: receiver.url('/down') } })
    await notice()
    startRunner()
    await allSent()
    const requests = requestsTo('/down')
    expect(requests.map(({ headers }) => headers['x-outtake-attempt'])).toEqual(['1', '2', '3'])
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1)
    expect(requests[1]!.receivedAt - requests[0]!.receivedAt).toBeGreaterThan(19)
    expect(requests[2]!.receivedAt - requests[1]!.receivedAt).toBeGreaterThan(39)
  })

  test('one that hangs holds up no other profile, and no e-mail', async () => {
    answers = { '/hang': { hang: true } }
    await set({ webhook: { url: receiver.url('/hang') }, emails: ['ada@example.com'] })
    for (let count = 0; count < 20; count++) await notice()
    const other = await makeProfile(database)
    admin = other.admin
    profileId = other.profileId
    await set({ webhook: { url: receiver.url('/other') } })
    await notice()
    const by = createSender({ guard: createEgressGuard({ allow: ['127.0.0.0/8'] }), extraCa })
    startRunner([], makeMessenger(mailServer.url, { by, timeoutMs: 60_000 }))
    await receiver.waitFor(() => requestsTo('/other').length === 1)
    await mailServer.waitForMails(20)
    await receiver.waitFor(() => requestsTo('/hang').length >= 4)
    expect(requestsTo('/hang')).toHaveLength(4)
    by.destroy()
  })

  test('what a node took with it when it died is sent by another', async () => {
    await set({ webhook: { url: receiver.url('/after-crash') } })
    await notice()
    const [taken] = await takeMessages(database.kysely, 1, [], 300)
    expect(taken).toMatchObject({ attempt: 1, failures: 0 })
    expect(await takeMessages(database.kysely, 1, [], 300)).toEqual([])
    const runner = startRunner()
    await waitFor(async () => {
      runner.wake()
      return requestsTo('/after-crash').length > 0
    })
    await allSent()
    expect(requestsTo('/after-crash').map(({ headers }) => headers['x-outtake-attempt'])).toEqual(['2'])
  })

  test('an edit of the settings holds for what is on its way', async () => {
    await set({ webhook: { url: receiver.url('/removed') }, emails: ['ada@example.com', 'bob@example.com'] })
    await notice()
    await set({ emails: ['bob@example.com'] })
    startRunner()
    await allSent()
    expect(requestsTo('/removed')).toEqual([])
    expect(mailServer.mails.map(({ to }) => to)).toEqual([['bob@example.com']])
  })

  test('a test goes to all channels at once, and tells what became of each', async () => {
    answers = { '/refuses': { status: 403 } }
    mailServer.refused.add('gone@example.com')
    expect(await sendTest()).toEqual({ data: [] })
    now += MINUTE_MS
    await set({ webhook: { url: receiver.url('/refuses') }, emails: ['ada@example.com', 'gone@example.com'] })
    expect(await sendTest()).toEqual({
      data: [
        { channel: 'webhook', address: `127.0.0.1:${receiver.port}`, outcome: 'failed', statusCode: 403 },
        { channel: 'email', address: 'ada@example.com', outcome: 'succeeded' },
        {
          channel: 'email',
          address: 'gone@example.com',
          outcome: 'failed',
          error: 'The mail server refused the address (550).',
        },
      ],
    })
    expect(mailServer.mails[0]!.raw).toContain('Subject: Test: Webhook failing: hooks.example.com')
    const body: Notice = JSON.parse(requestsTo('/refuses')[0]!.body.toString())
    expect(body).toMatchObject({ test: true, noticeId: expect.stringMatching(/^test_/) })
    expect(await owed()).toBe(0)
  })

  test('a profile sends one test a minute and twenty a day, whatever node and settings', async () => {
    const other = testDatabase.kind === 'postgres' ? await testDatabase.open() : database
    const refused = async () => {
      const { code, members } = await appError(sendTest(other))
      return { code, ...members }
    }
    await set({ emails: ['ada@example.com'] })
    const atOnce = await Promise.allSettled([sendTest(), sendTest(other), sendTest()])
    expect(atOnce.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(mailServer.mails).toHaveLength(1)
    now += 1_500
    expect(await refused()).toEqual({ code: 'too_many_tries', retryAfter: 59 })
    await inTransaction(database, (tx) => removeNoticeSettings(tx, admin, profileId, now))
    expect(await refused()).toMatchObject({ code: 'too_many_tries' })
    for (let count = 1; count < 20; count++) {
      now += MINUTE_MS
      await sendTest(count % 2 === 0 ? database : other)
    }
    now += MINUTE_MS
    // It is 21:20 and a second and a half.
    expect(await refused()).toEqual({ code: 'too_many_tries', retryAfter: 2 * 3_600 + 40 * 60 - 1 })
    const stranger = { profileId, admin }
    ;({ admin, profileId } = await makeProfile(database))
    await sendTest()
    ;({ admin, profileId } = stranger)
    now += DAY_MS
    await sendTest()
    const rows = database.kysely.selectFrom('notice_count').selectAll().where('profile_id', '=', profileId)
    expect(await rows.execute()).toHaveLength(1)
  })

  test('a profile sends a hundred e-mails a day; what is beyond goes to its webhook, and is listed', async () => {
    const emails = Array.from({ length: 15 }, (_, index) => `a${index}@example.com`)
    await set({ webhook: { url: receiver.url('/many') }, emails })
    const leftOut: number[] = []
    for (let count = 0; count < 8; count++) leftOut.push((await tell()).emailsLeftOut)
    expect(leftOut).toEqual([0, 0, 0, 0, 0, 0, 5, 15])
    const { rows } = await sql`
      SELECT channel, count(*)::integer FROM notice_message GROUP BY channel ORDER BY channel`.execute(
      database.kysely,
    )
    expect(rows).toEqual([
      { channel: 'email', count: 100 },
      { channel: 'webhook', count: 8 },
    ])
    const { data } = await listProfileNotices(database.kysely, admin, profileId, { limit: 50 })
    expect(data).toHaveLength(8)
    now += DAY_MS
    expect((await tell()).emailsLeftOut).toBe(0)
    expect(await owed()).toBe(108 + 16)
  })

  test('notices of webhooks that fail at once share the day’s e-mails', async () => {
    await set({ emails: Array.from({ length: 20 }, (_, index) => `a${index}@example.com`) })
    const other = testDatabase.kind === 'postgres' ? await testDatabase.open() : database
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, count) => tell(undefined, count % 2 === 0 ? database : other)),
    )
    expect(told.reduce((sum, { emailsLeftOut }) => sum + emailsLeftOut, 0)).toBe(60)
    expect(await owed()).toBe(100)
  })

  test('what keeps mails from being sent is told without a word of the server’s', async () => {
    const send = async (smtpUrl: string) => {
      const mail = { ...anyMail, address: 'ada@example.com' }
      return makeMessenger(smtpUrl).send({ ...mail, body: JSON.stringify(await notice()) })
    }
    const wrong = mailServer.url.replace('correct%20horse', 'wrong-password')
    expect(await send(wrong)).toEqual({
      outcome: 'failed',
      error: 'The mail server refused the service’s credentials (535).',
    })
    expect((await send('smtp://127.0.0.1:1')).error).toBe('The mail server could not be connected to.')
  })

  test('credentials are sent neither in the clear nor to whom no authority vouches for', async () => {
    const certificate = await createCertificateAuthority().issue()
    for (const isPlain of [false, true]) {
      const server = await startMailServer(certificate, { isPlain })
      const mail = { ...anyMail, address: 'ada@example.com' }
      const sent = await makeMessenger(server.url).send({ ...mail, body: JSON.stringify(await notice()) })
      await server.stop()
      expect(sent).toEqual({
        outcome: 'failed',
        error: isPlain
          ? expect.stringMatching(/^TLS could not be agreed on with the mail server/)
          : 'The mail server could not be connected to.',
      })
      expect(server).toMatchObject({ tries: 0, mails: [] })
    }
  })

  test('the API takes settings of who may have webhooks, and a test now and then', async () => {
    const api = await createTestApp({
      database,
      messenger,
      webhookSettings: settings,
      authenticator: { authenticate: async () => admin, forget: () => {} },
    })
    const path = `/api/v1/profiles/${profileId}/notice-settings`
    const call = async (method: string, to = path, body?: object) => {
      const answer = await api.call(method, to, body && { body })
      return { status: answer.statusCode, ...(answer.body !== '' && answer.json()) }
    }
    const url = receiver.url('/api')
    const set = await call('PUT', path, { webhook: { url } })
    expect(set).toMatchObject({ status: 200, webhook: { url, secret: expect.stringMatching(/^whsec_/) } })
    expect(await call('GET')).toEqual({ status: 200, webhook: { url }, emails: [], emailsAllowed: true })
    expect(await call('POST', `${path}/test`)).toMatchObject({
      status: 200,
      data: [{ outcome: 'succeeded' }],
    })
    const again = await api.call('POST', `${path}/test`)
    const { retryAfter, ...problem } = again.json()
    expect(problem).toMatchObject({ status: 429, code: 'too_many_tries' })
    expect(again.headers['retry-after']).toBe(String(retryAfter))
    expect(retryAfter).toBeGreaterThan(50)
    expect(await auditActions(database.kysely, profileId)).toEqual([
      'profile.created',
      'profile.access_granted',
      'notice_settings.changed',
      'notice_settings.tested',
    ])
    expect(await call('DELETE')).toEqual({ status: 204 })
    expect(await call('GET')).toEqual({ status: 200, emails: [], emailsAllowed: true })
    const withoutAccess = await makeProfile(database, false)
    admin = withoutAccess.admin
    const refused = await call('PUT', `/api/v1/profiles/${withoutAccess.profileId}/notice-settings`, {
      webhook: { url },
    })
    expect(refused).toMatchObject({ code: 'webhook_access_required' })
    await api.app.close()
  })
})
