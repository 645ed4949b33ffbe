import swagger, { type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { version } from '../base/version.ts'
import { finishDocument, type OpenapiDocument, ROUTE_FACTS, type RouteFacts } from './openapi-document.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the description of the API has to know of the route, and cannot tell from its schemas. */
    facts?: RouteFacts
  }
}

const transformSchemas = createJsonSchemaTransform({ skipList: [] })
const transformObject = createJsonSchemaTransformObject({})

/** Nothing but what this server sends; Swagger UI needs its own scripts, styles and pictures, and calls this API. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Hands on what a route says of itself: whoever finishes the document sees no routes. */
const transform: SwaggerTransform = (input) => {
  const { schema, url } = transformSchemas(input)
  return { schema: { ...schema, [ROUTE_FACTS]: input.route.config?.facts }, url }
}

/** Describes the API at `/openapi.json`, and shows it at `/docs`. To be called before routes are added. */
export async function addOpenapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Workflow Webhooks',
        version,
        description:
          'Files and moves workflow items, and configures the webhooks that tell other systems of them. Errors are RFC 9457 problems with a stable `code`. Lists are paged: pass the `nextCursor` of a page as `cursor`.',
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'People', description: 'Sign-in, members, operators, invitations, the audit log.' },
        { name: 'Profiles', description: 'Customers, webhook access, API keys.' },
        { name: 'Workflows', description: 'Queues with named states.' },
        { name: 'Items', description: 'Alerts in workflows; every change is an event.' },
        { name: 'Webhooks', description: 'Destinations that events are sent to.' },
        { name: 'Deliveries', description: 'What was sent, every attempt of it, and replay.' },
        { name: 'Changes', description: 'What changes while somebody looks.' },
        { name: 'Operation', description: 'Health and metrics.' },
      ],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a profile or an operator.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'workflow-webhooks.session_token',
            description: 'The session of a person, from the service’s own pages only.',
          },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform,
    transformObject: (document) => finishDocument(transformObject(document) as OpenapiDocument) as never,
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    theme: { title: 'Workflow Webhooks API' },
    uiConfig: { deepLinking: true, docExpansion: 'list', persistAuthorization: false },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
