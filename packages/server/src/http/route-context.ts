import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Transaction } from 'kysely'
import { kyselyRunner } from '../database/kysely-runner.ts'
import type { Schema } from '../database/schema.ts'
import { followWebhookChanges } from '../delivery/follow-webhook-changes.ts'
import type { Queued } from '../delivery/queued.ts'
import type { WebhookChange } from '../webhook/webhook-change.ts'
import type { AppDependencies } from './dependencies.ts'
import { createIdempotency, type Idempotency, type Keep } from './idempotency.ts'
import type { Answer } from './idempotent-answers.ts'

/** An app whose routes have Zod schemas. */
export type ZodApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What a call did: its answer, and what follows for the webhooks that it touched. */
export type Done<Body> = {
  answer: Body
  /** Webhooks whose configuration it changed. */
  changes?: WebhookChange[]
  /** Deliveries that it recorded. */
  recorded?: Queued[]
  /** Webhooks of which it made deliveries due. */
  dueOf?: string[]
  /** Workflows that it made or edited, or whose webhook access it changed. */
  workflowIds?: string[]
}

/** What the routes work with. */
export type RouteContext = AppDependencies & {
  answerOnce: Idempotency['answer']
  /**
   * Does a change of configuration in one transaction: `work`, what follows from it for lanes, and keeping the answer.
   * Once it is committed, lanes that may have something to send are woken, and who looks at what it changed is told.
   * `work` must use nothing but `tx`.
   */
  transact<Body>(
    keep: Keep | undefined,
    status: number,
    work: (tx: Transaction<Schema>, now: number) => Promise<Done<Body>>,
  ): Promise<Answer<Body>>
  /** Has `transact` do what a call is for, once for each idempotency key, and sends the answer. */
  answerChange<Body>(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    work: (tx: Transaction<Schema>, now: number) => Promise<Done<Body>>,
  ): Promise<void>
}

/** Gives the routes what they share. */
export function createRouteContext(dependencies: AppDependencies): RouteContext {
  const { database, clock, webhookSettings, telemetry } = dependencies
  const { encryption } = webhookSettings
  const idempotency = createIdempotency({ database, encryption, now: () => clock.now() })
  const transact: RouteContext['transact'] = async (keep, status, work) => {
    const now = clock.now()
    let canceledCount = 0
    const done = await database.kysely.transaction().execute(async (tx) => {
      const worked = await work(tx, now)
      canceledCount = await followWebhookChanges(tx, worked.changes ?? [], now)
      await keep?.(kyselyRunner(tx), { status, body: worked.answer })
      return worked
    })
    tellOf(done, dependencies)
    telemetry.deliveriesCanceled(canceledCount)
    if (done.recorded) telemetry.deliveriesRecorded(done.recorded, { startedAt: now, endedAt: clock.now() })
    return { status, body: done.answer }
  }
  return {
    ...dependencies,
    answerOnce: idempotency.answer,
    transact,
    async answerChange(request, reply, status, work) {
      return send(reply, await idempotency.answer(request, (keep) => transact(keep, status, work)))
    },
  }
}

function tellOf(
  { changes = [], recorded = [], dueOf = [], workflowIds = [] }: Done<unknown>,
  { wake, changes: { changed } }: AppDependencies,
): void {
  const owed = [...recorded.map(({ webhookId }) => webhookId), ...dueOf]
  const opened = changes.filter((change) => change.isOpen).map((change) => change.webhookId)
  if (owed.length + opened.length > 0) wake([...owed, ...opened])
  for (const webhookId of owed) changed(webhookId, 'deliveries')
  for (const { webhookId } of changes) {
    changed(webhookId, 'webhooks')
    changed(webhookId, 'deliveries') // what is pending may have been canceled
  }
  for (const workflowId of workflowIds) changed(workflowId, 'workflow')
}

/** Sends the answer of a call. */
export function send(reply: FastifyReply, { status, body }: Answer<unknown>): FastifyReply {
  return reply.code(status).send(body)
}
