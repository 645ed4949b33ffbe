import { z } from 'zod'
import { AppError } from '../base/errors.ts'
import { statement } from '../database/statement.ts'
import type { AppDependencies } from './dependencies.ts'
import type { ZodApp } from './route-context.ts'

const READY_WITHIN_MS = 3_000

const tags = ['Operation']
const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })
const pingStatement = statement('ping', 'SELECT 1')

/** What watches over the service asks. */
export function addHealthRoutes(
  app: ZodApp,
  { database, metrics }: Pick<AppDependencies, 'database' | 'metrics'>,
  isStopping: () => boolean,
): void {
  app.get(
    '/healthz',
    { schema: { tags, summary: 'Whether the process is alive', response: { 200: healthSchema } } },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        tags,
        summary: 'Whether it serves and its database answers',
        response: { 200: healthSchema },
      },
    },
    async () => {
      if (isStopping()) throw new AppError('unavailable', 'The server is stopping.')
      await pingInTime()
      return { status: 'ok' as const }
    },
  )

  app.get(
    '/metrics',
    { schema: { tags, summary: 'Metrics, for Prometheus', produces: [metrics.contentType] } },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.read()),
  )

  async function pingInTime(): Promise<void> {
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => reject(new AppError('unavailable', 'The database does not answer in time.')),
      READY_WITHIN_MS,
    )
    try {
      await Promise.race([database.run(pingStatement, []), promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
