import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createChanges } from './base/changes.ts'
import { systemClock } from './base/clock.ts'
import { createEncryption } from './base/encryption.ts'
import { deriveKey, loadEncryptionKey } from './base/encryption-key.ts'
import type { Telemetry } from './base/telemetry.ts'
import { version } from './base/version.ts'
import type { Config } from './config.ts'
import { createChangeNotifications } from './database/change-notifications.ts'
import type { Database } from './database/database.ts'
import { openEmbedded } from './database/embedded.ts'
import { createListener } from './database/listener.ts'
import { migrate } from './database/migrate.ts'
import { openPostgres } from './database/postgres.ts'
import { createAttempter } from './delivery/attempt.ts'
import { createCancelRunner } from './delivery/cancel-runner.ts'
import { Destinations } from './delivery/destination.ts'
import { createEgressGuard } from './delivery/egress-guard.ts'
import { createLanes } from './delivery/lanes.ts'
import { abandonAllLeases } from './delivery/lease.ts'
import { readPendingAges } from './delivery/pending-ages.ts'
import { createReplayRunner } from './delivery/replay/replay-runner.ts'
import { createSender } from './delivery/send.ts'
import { createPostgresEngine } from './engines/postgres-engine.ts'
import { buildApp } from './http/app.ts'
import { changeStreamSettings } from './http/change-streams.ts'
import { createAnswerRemoval } from './http/idempotent-answers.ts'
import { createMailer } from './notice/mailer.ts'
import { createMessageRunner } from './notice/message-runner.ts'
import { createMessenger } from './notice/messenger.ts'
import { createMonitor } from './notice/monitor.ts'
import { createPipeline } from './pipeline.ts'
import { ensureOperatorKey } from './profile/api-keys.ts'
import { createAuthenticator } from './profile/authenticator.ts'
import { prepareFirstOperator } from './profile/first-operator.ts'
import { createSessions } from './profile/sessions.ts'
import { createRemovals, keptDays } from './retention/removals.ts'
import { createRetention } from './retention/retention.ts'
import { both } from './telemetry/both.ts'
import { createPrometheus } from './telemetry/prometheus.ts'
import type { Traces } from './telemetry/traces.ts'

/** A running service. */
export type Service = {
  url: string
  /** The one-time link by which the first operator comes in, and the file it is in; null where there is one. */
  firstOperator: { url: string; file: string } | null
  /** Takes nothing more, finishes or hands back what is in flight, and closes all. */
  stop(): Promise<void>
}

/** Opens the database that the settings name. */
export async function openDatabase(
  config: Config,
  log: Logger,
  onStatement?: Telemetry['statementEnded'],
): Promise<Database> {
  const onError = (error: Error): void => log.error({ err: error }, 'database connection failed')
  return config.databaseUrl === null
    ? openEmbedded(config.dataDir, onError, onStatement)
    : openPostgres(config.databaseUrl, onError, onStatement)
}

/** Without an endpoint, what makes traces is not even loaded. */
async function openTraces(config: Config, log: Logger): Promise<Traces | null> {
  const { otlpEndpoint: endpoint, serviceName, traceShare: share } = config
  if (endpoint === null) return null
  const { createTraces } = await import('./telemetry/traces.ts')
  return createTraces({ endpoint, serviceName, share, version, log })
}

/** Puts the service together and starts it: migrates, takes up what is pending, listens. */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const onError = (error: unknown): void => log.error({ err: error }, 'background work failed')
  const prometheus = createPrometheus({ clock: systemClock, version, onError })
  const traces = await openTraces(config, log)
  const telemetry = traces ? both(prometheus.telemetry, traces.telemetry, onError) : prometheus.telemetry
  const database = await openDatabase(config, log, telemetry.statementEnded)
  await migrate(database.kysely)
  if (config.operatorApiKey !== null) await ensureOperatorKey(database, config.operatorApiKey, Date.now())
  // The directory is locked: no other node can be alive.
  if (database.kind === 'embedded') await abandonAllLeases(database)

  const encryptionKey = await loadEncryptionKey(config)
  const encryption = createEncryption(encryptionKey)
  const guard = createEgressGuard({ allow: config.egressAllow })
  const extraCa = config.egressCaFile === null ? undefined : await readFile(config.egressCaFile, 'utf8')
  const sender = createSender({ guard, extraCa })
  const attempter = createAttempter({
    sender,
    destinations: new Destinations(database, encryption),
    retryDelaysMs: config.retryDelaysMs,
    timeoutMs: config.deliveryTimeoutMs,
    clock: systemClock,
    random: Math.random,
    version,
    log,
    telemetry,
  })
  const listener = config.databaseUrl === null ? null : createListener(config.databaseUrl, onError)
  const notifications = listener && createChangeNotifications(database, listener, onError)
  const changes = createChanges({ tellOthers: notifications?.tell ?? null })
  const lanes = createLanes({
    database,
    clock: systemClock,
    leaseMs: config.laneLeaseMs,
    timeoutMs: config.deliveryTimeoutMs,
    attempt: attempter.attempt,
    abortAttempts: attempter.abort,
    changed: changes.changed,
    telemetry,
    onError,
  })
  prometheus.watch({
    lanes: lanes.use,
    connections: database.connections,
    pendingAges: () => readPendingAges(database.kysely, systemClock.now()),
  })
  const engine = createPostgresEngine({ database, lanes, listener, onError })

  const cancels = createCancelRunner({
    db: database.kysely,
    clock: systemClock,
    wake: engine.wake,
    changed: changes.changed,
    telemetry,
    onError,
  })
  const replays = createReplayRunner({
    db: database.kysely,
    clock: systemClock,
    wake: engine.wake,
    changes,
    telemetry,
    onError,
  })

  let publicUrl = config.publicUrl ?? ''
  const itemUrl = (workflowId: string, itemId: string): string =>
    `${publicUrl}/workflows/${workflowId}/items/${itemId}`

  const { smtpUrl, mailFrom: from, retryDelaysMs, deliveryTimeoutMs: timeoutMs } = config
  const messenger = createMessenger({
    sender,
    mailer:
      smtpUrl === null || from === null ? null : createMailer({ smtpUrl, from, extraCa, timeoutMs, log }),
    encryption,
    timeoutMs,
    clock: systemClock,
    version,
  })
  const messages = createMessageRunner({
    db: database.kysely,
    messenger,
    retryDelaysMs,
    timeoutMs,
    clock: systemClock,
    random: Math.random,
    log,
    onError,
  })
  const monitor = createMonitor({
    db: database.kysely,
    clock: systemClock,
    webhookUrl: (workflowId, webhookId) => `${publicUrl}/workflows/${workflowId}/webhooks/${webhookId}`,
    changes,
    onNotices: messages.wake,
    log,
    onError,
  })

  const pipeline = createPipeline({
    database,
    clock: systemClock,
    itemUrl,
    lanes: { claim: lanes.claim, offer: (queued) => engine.wake(lanes.offer(queued)) },
    changed: changes.changed,
    telemetry,
  })
  const sessions = createSessions({
    database,
    clock: systemClock,
    secret: deriveKey(encryptionKey, 'session cookies'),
    isSecure: config.publicUrl?.startsWith('https:') ?? false,
  })
  const app = await buildApp({
    database,
    pipeline,
    clock: systemClock,
    authenticator: createAuthenticator({ database, clock: systemClock }),
    sessions,
    publicUrl: () => publicUrl,
    trustedProxies: config.trustedProxies,
    webhookSettings: {
      encryption,
      maxWebhooksPerWorkflow: config.maxWebhooksPerWorkflow,
      vetUrl: guard.vetUrl,
    },
    deliveryRules: {
      retryDelaysMs: config.retryDelaysMs,
      timeoutMs: config.deliveryTimeoutMs,
      keptDays: keptDays(config),
    },
    itemUrl,
    wake: engine.wake,
    runReplay: replays.run,
    messenger,
    changes,
    changeStreamSettings,
    log,
    telemetry,
    metrics: prometheus.exposition,
  })

  await notifications?.start(changes.hearOthers)
  await app.listen({ host: config.host, port: config.port })
  const { address, port, family } = app.server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  publicUrl ||= url
  const invitationUrl = (token: string): string => `${publicUrl}/invitation#${token}`
  const firstOperator = await prepareFirstOperator(
    database,
    config.dataDir,
    invitationUrl,
    systemClock.now(),
  ).catch((error: unknown) => {
    // API keys work all the same.
    log.warn({ err: error }, 'the link for the first operator could not be put into DATA_DIR')
    return null
  })
  if (firstOperator)
    log.info(
      { file: firstOperator.file },
      'there is no operator yet: open the link in this file within an hour',
    )
  await engine.start()
  cancels.start()
  replays.start()
  monitor.start()
  messages.start()
  const retention = createRetention({
    database,
    clock: systemClock,
    removals: [
      ...createRemovals(database, config),
      createAnswerRemoval(database),
      {
        name: 'sessions',
        step: async (now) => ({ count: await sessions.removeExpired(now), isDone: true }),
      },
    ],
    log,
    onError,
  })
  retention.start()
  return {
    url,
    firstOperator,
    async stop() {
      await retention.stop()
      await app.close()
      await cancels.stop()
      await replays.stop()
      await monitor.stop()
      await engine.stop()
      // Both wait for what is in flight; the lanes cut it off in the end.
      await Promise.all([lanes.stop(config.deliveryTimeoutMs), messages.stop()])
      await changes.flush()
      await listener?.close()
      await sender.close()
      await database.close()
      await traces?.close()
    },
  }
}
