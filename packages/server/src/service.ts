import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { Registry } from 'prom-client'
import { systemClock } from './base/clock.ts'
import { createEncryption } from './base/encryption.ts'
import { loadEncryptionKey } from './base/encryption-key.ts'
import { version } from './base/version.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { openEmbedded } from './database/embedded.ts'
import { createListener } from './database/listener.ts'
import { migrate } from './database/migrate.ts'
import { openPostgres } from './database/postgres.ts'
import { createAttempter } from './delivery/attempt.ts'
import { Destinations } from './delivery/destination.ts'
import { createEgressGuard } from './delivery/egress-guard.ts'
import { createLanes } from './delivery/lanes.ts'
import { abandonAllLeases } from './delivery/lease.ts'
import { createSender } from './delivery/send.ts'
import { createPostgresEngine } from './engines/postgres-engine.ts'
import { buildApp } from './http/app.ts'
import { removeExpiredAnswers } from './http/idempotent-answers.ts'
import { createPipeline } from './pipeline.ts'
import { ensureOperatorKey, hasApiKeys } from './profile/api-keys.ts'
import { createAuthenticator } from './profile/authenticator.ts'

const HOUSEKEEPING_INTERVAL_MS = 3_600_000

/** A running service. */
export type Service = {
  url: string
  /** Takes nothing more, finishes or hands back what is in flight, and closes all. */
  stop(): Promise<void>
}

/** Opens the database that the settings name. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const onError = (error: Error): void => log.error({ err: error }, 'database connection failed')
  return config.databaseUrl === null
    ? openEmbedded(config.dataDir, onError)
    : openPostgres(config.databaseUrl, onError)
}

/** Puts the service together and starts it: migrates, takes up what is pending, listens. */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const onError = (error: unknown): void => log.error({ err: error }, 'background work failed')
  const database = await openDatabase(config, log)
  await migrate(database.kysely)
  if (config.operatorApiKey !== null) await ensureOperatorKey(database, config.operatorApiKey, Date.now())
  else if (!(await hasApiKeys(database)))
    log.warn('There is no API key yet, so nobody can call the API. Set OPERATOR_API_KEY and start again.')
  // The directory is locked: no other node can be alive.
  if (database.kind === 'embedded') await abandonAllLeases(database)

  const encryption = createEncryption(await loadEncryptionKey(config))
  const guard = createEgressGuard({ allow: config.egressAllow })
  const sender = createSender({
    guard,
    extraCa: config.egressCaFile === null ? undefined : await readFile(config.egressCaFile, 'utf8'),
  })
  const attempter = createAttempter({
    sender,
    destinations: new Destinations(database, encryption),
    retryDelaysMs: config.retryDelaysMs,
    timeoutMs: config.deliveryTimeoutMs,
    clock: systemClock,
    random: Math.random,
    version,
    log,
  })
  const lanes = createLanes({
    database,
    clock: systemClock,
    leaseMs: config.laneLeaseMs,
    timeoutMs: config.deliveryTimeoutMs,
    attempt: attempter.attempt,
    abortAttempts: attempter.abort,
    onError,
  })
  const engine = createPostgresEngine({
    database,
    lanes,
    listener: config.databaseUrl === null ? null : createListener(config.databaseUrl, onError),
    onError,
  })

  let publicUrl = config.publicUrl ?? ''
  const itemUrl = (workflowId: string, itemId: string): string =>
    `${publicUrl}/workflows/${workflowId}/items/${itemId}`
  const pipeline = createPipeline({
    database,
    clock: systemClock,
    itemUrl,
    lanes: { claim: lanes.claim, offer: (queued) => engine.wake(lanes.offer(queued)) },
  })
  const app = await buildApp({
    database,
    pipeline,
    clock: systemClock,
    authenticator: createAuthenticator({ database, clock: systemClock }),
    webhookSettings: {
      encryption,
      maxWebhooksPerWorkflow: config.maxWebhooksPerWorkflow,
      vetUrl: guard.vetUrl,
    },
    itemUrl,
    wake: engine.wake,
    log,
    metrics: new Registry(),
  })

  await app.listen({ host: config.host, port: config.port })
  const { address, port, family } = app.server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  publicUrl ||= url
  await engine.start()
  const housekeeping = setInterval(() => {
    removeExpiredAnswers(database, systemClock.now()).catch(onError)
  }, HOUSEKEEPING_INTERVAL_MS)
  return {
    url,
    async stop() {
      clearInterval(housekeeping)
      await app.close()
      await engine.stop()
      await lanes.stop(config.deliveryTimeoutMs)
      await sender.close()
      await database.close()
    },
  }
}
