import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import { createChanges } from '../../src/base/changes.ts'
import { systemClock } from '../../src/base/clock.ts'
import { createEncryption } from '../../src/base/encryption.ts'
import { noTelemetry } from '../../src/base/telemetry.ts'
import type { Database } from '../../src/database/database.ts'
import { type AppDependencies, buildApp } from '../../src/http/app.ts'
import { changeStreamSettings } from '../../src/http/change-streams.ts'
import type { Pipeline } from '../../src/pipeline.ts'
import type { Actor } from '../../src/profile/actor.ts'
import type { Sessions } from '../../src/profile/sessions.ts'

export const PROFILE_ID = 'prf_1'

/** API keys are the names of roles; each works in `PROFILE_ID`, but for the operator. */
export const actors: Record<string, Actor> = {
  operator: { actorId: 'key_operator', role: 'operator', profileId: null },
  admin: { actorId: 'key_admin', role: 'admin', profileId: PROFILE_ID },
  pipeline: { actorId: 'key_pipeline', role: 'pipeline', profileId: PROFILE_ID },
  analyst: { actorId: 'key_analyst', role: 'analyst', profileId: PROFILE_ID },
}

export type TestApp = {
  app: FastifyInstance
  /** Calls as `role`; a body that is no text or bytes is sent as JSON. */
  call(
    method: string,
    path: string,
    options?: { role?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<LightMyRequestResponse>
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[]
  woken: string[]
}

/** The API with a database that fails every statement and a pipeline that files whatever comes, unless given. */
export async function createTestApp(overrides: Partial<AppDependencies> = {}): Promise<TestApp> {
  const logged: Record<string, unknown>[] = []
  const woken: string[] = []
  const app = await buildApp({
    database: databaseThat(() => {
      throw new Error('the test has no database')
    }),
    pipeline: filingPipeline,
    clock: systemClock,
    sessions: noSessions,
    publicUrl: () => 'https://app.example',
    trustedProxies: [],
    authenticator: { authenticate: async (key) => actors[key] ?? null, forget: () => {} },
    webhookSettings: {
      encryption: createEncryption(randomBytes(32).toString('base64')),
      maxWebhooksPerWorkflow: 50,
      vetUrl: async () => null,
    },
    deliveryRules: {
      retryDelaysMs: [15_000, 30_000],
      timeoutMs: 15_000,
      keptDays: { bodies: 30, deliveries: 90, events: null },
    },
    itemUrl: (workflowId, itemId) => `https://app.example/workflows/${workflowId}/items/${itemId}`,
    wake: (webhookIds) => woken.push(...webhookIds),
    runReplay: () => {},
    messenger: { canMail: false, send: async () => ({ outcome: 'succeeded' }) },
    changes: createChanges({ tellOthers: null }),
    changeStreamSettings,
    log: pino(
      {},
      new Writable({
        write(line, _encoding, done) {
          logged.push(JSON.parse(String(line)))
          done()
        },
      }),
    ),
    telemetry: noTelemetry,
    metrics: { contentType: 'text/plain', read: async () => '' },
    ...overrides,
  })
  return {
    app,
    logged,
    woken,
    async call(method, path, { role = 'operator', body, headers = {} } = {}) {
      const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
      return app.inject({
        method: method as 'GET',
        url: path,
        headers: {
          authorization: `Bearer ${role}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: isRaw ? body : JSON.stringify(body) }),
      })
    },
  }
}

/** A database of which only single statements are used. */
export function databaseThat(run: (name: string, values: unknown[]) => unknown[]): Database {
  const answer = async ({ name }: { name: string }, values: unknown[]) => run(name, values)
  return { kind: 'embedded', run: answer, runRelaxed: answer } as unknown as Database
}

/** Nobody signs in. */
const noSessions = { hasCookie: () => false } as unknown as Sessions

const filingPipeline: Pipeline = async (call) =>
  call.entries.map((entry) => ({
    itemId: 'itm_1',
    alertId: (entry.alert as { alertId: string }).alertId,
    state: 'New',
    sequence: 1,
    eventId: 'evt_1',
    created: true,
  }))

/** An alert with only what it must have. */
export const smallestAlert = {
  alertId: 'a',
  type: 'content',
  platform: 'email',
  subject: 's',
  securityDescription: '',
}
