import { changeSchema } from '@workflow-webhooks/contract'
import { AppError } from '../base/errors.ts'
import { createOwnerFinder } from '../webhook/owners.ts'
import type { Identify } from './authenticate.ts'
import { createChangeStreams } from './change-streams.ts'
import type { AppDependencies } from './dependencies.ts'
import type { ZodApp } from './route-context.ts'

const tags = ['Changes']

/** What changes while somebody looks at it. */
export function addChangeRoutes(
  app: ZodApp,
  { database, changes, changeStreamSettings, log }: AppDependencies,
  identify: Identify,
  isStopping: () => boolean,
): void {
  const streams = createChangeStreams({
    changes,
    findOwners: createOwnerFinder(database),
    settings: changeStreamSettings,
    onError: (error) => log.error({ err: error }, 'change stream failed'),
  })
  app.addHook('preClose', (done) => {
    streams.endAll()
    done()
  })

  app.get(
    '/changes',
    {
      exposeHeadRoute: false, // its answer would never end
      config: { isStream: true },
      schema: {
        tags,
        summary: 'Hear what changes',
        description: `A stream of messages, each the JSON of a \`Change\`, of the workflows that the caller may see. They are hints: read again what they name, and everything after each connecting, since what happens meanwhile is not told. The stream ends when the key or session does. A key or session has one: opening another ends the one before with an event \`replaced\`, after which a client does not connect again by itself.`,
        response: {
          200: {
            description: 'Messages, as they come.',
            content: { 'text/event-stream': { schema: changeSchema } },
          },
        },
      },
    },
    (request, reply) => {
      if (isStopping()) throw new AppError('unavailable', 'The server is stopping.')
      const { actor, credential } = request
      streams.open(reply.raw, {
        actor,
        credential,
        headers: reply.getHeaders(),
        identify: async () => (await identify(request))?.actor ?? null,
      })
      reply.hijack()
    },
  )
}
