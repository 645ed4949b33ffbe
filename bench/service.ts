import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PLATFORM_COUNT, platformName } from './alerts.ts'
import { type Api, createApi } from './api.ts'
import { destinationPath } from './destination-path.ts'
import type { Environment } from './environment.ts'
import type { AlertRange, FilingTarget } from './filing.ts'
import { startServiceProcess } from './service-process.ts'

export const databaseKinds = ['postgres', 'embedded'] as const

export type DatabaseKind = (typeof databaseKinds)[number]

/** A running service with an empty database and one workflow. */
export type BenchService = AsyncDisposable & {
  pid: number
  /** Has it give back the memory that it does not need. */
  collectGarbage(): Promise<void>
  target: FilingTarget
  /** Alerts that it has not seen yet. */
  nextAlerts(count: number, platform?: number): AlertRange
  /** Waits until no webhook, or none but that of one platform, has a pending delivery, as the API tells it. */
  settled(exceptPlatform?: number): Promise<void>
}

/** The states through which items pass. */
export const states = { initial: 'New', active: 'In review', resolved: 'Resolved' } as const

const SETTLED_POLL_MS = 20
let services = 0

/**
 * Starts a service with default settings, and a workflow with ten webhooks: each lets the events of one platform
 * through, so that an event makes one delivery. When disposed of, nothing of it is left.
 */
export async function openService(environment: Environment, database: DatabaseKind): Promise<BenchService> {
  const name = `bench-${++services}`
  const directory = join(environment.directory, name)
  await mkdir(directory)
  const operatorKey = randomBytes(24).toString('base64url')
  const service = await startServiceProcess({
    settings: {
      ...(await createDatabase(environment, database, name, directory)),
      OPERATOR_API_KEY: operatorKey,
      EGRESS_ALLOW: '127.0.0.0/8',
      EGRESS_CA_FILE: environment.caFile,
    },
    logFile: join(directory, 'log'),
    cleanup: environment.cleanup,
  })
  const api = createApi(service.url, operatorKey)
  const { webhookIds, ...target } = await configure(api, environment.receiverOrigin)
  let nextIndex = 0
  return {
    pid: service.pid,
    collectGarbage: service.collectGarbage,
    target: { url: service.url, ...target },
    nextAlerts(count, platform) {
      const first = nextIndex
      nextIndex += count
      return { first, count, ...(platform !== undefined && { platform }) }
    },
    settled: (exceptPlatform) =>
      waitUntilSettled(
        api,
        target.workflowId,
        webhookIds.filter((_, platform) => platform !== exceptPlatform),
      ),
    async [Symbol.asyncDispose]() {
      await service.stop()
      const errors = await service.errors()
      if (errors.length > 0)
        environment.note(`the service logged ${errors.length} errors, first: ${errors[0]}`)
      if (database === 'postgres') await environment.postgres.dropDatabase(name)
      await rm(directory, { recursive: true })
    },
  }
}

async function createDatabase(
  environment: Environment,
  database: DatabaseKind,
  name: string,
  directory: string,
): Promise<Record<string, string>> {
  if (database === 'embedded') return { DATA_DIR: join(directory, 'data') }
  return {
    DATABASE_URL: await environment.postgres.createDatabase(name),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  }
}

async function configure(api: Api, receiverOrigin: string) {
  const { profileId } = await api.post<{ profileId: string }>('/profiles', {
    name: 'Benchmark',
    webhookAccess: true,
  })
  const { key } = await api.post<{ key: string }>(`/profiles/${profileId}/api-keys`, {
    name: 'Load generator',
    role: 'pipeline',
  })
  const { workflowId } = await api.post<{ workflowId: string }>(`/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: Object.values(states),
    resolvedState: states.resolved,
  })
  const webhookIds: string[] = []
  for (let platform = 0; platform < PLATFORM_COUNT; platform++) {
    const { webhookId } = await api.post<{ webhookId: string }>(`/workflows/${workflowId}/webhooks`, {
      url: receiverOrigin + destinationPath(platform),
      topics: ['workflow.item.created', 'workflow.item.state.changed'],
      filters: { platform: [platformName(platform)] },
    })
    webhookIds.push(webhookId)
  }
  return { workflowId, apiKey: key, webhookIds }
}

async function waitUntilSettled(api: Api, workflowId: string, webhookIds: string[]): Promise<void> {
  const hasPending = async (webhookId: string) => {
    const path = `/workflows/${workflowId}/webhooks/${webhookId}/deliveries?status=pending&limit=1`
    const { data } = await api.get<{ data: unknown[] }>(path)
    return data.length > 0
  }
  for (const webhookId of webhookIds) {
    while (await hasPending(webhookId)) await pause(SETTLED_POLL_MS)
  }
}
