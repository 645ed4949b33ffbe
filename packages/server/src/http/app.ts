import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { AppError } from '../base/errors.ts'
import { EVERYBODY } from './access.ts'
import { createIdentify, requireAccess } from './authenticate.ts'
import { addChangeRoutes } from './change-routes.ts'
import { answerClientError, answerUnknownExpectations } from './client-error.ts'
import { addDeliveryRoutes } from './delivery-routes.ts'
import type { AppDependencies } from './dependencies.ts'
import { addEventRoutes } from './event-routes.ts'
import { closeGracefully } from './graceful-close.ts'
import { addHealthRoutes } from './health-routes.ts'
import { addItemRoutes } from './item-routes.ts'
import { parseJsonBodies } from './json-body.ts'
import { addLogRoutes } from './log-routes.ts'
import { addMemberRoutes } from './member-routes.ts'
import { answerUnknownRoutes } from './not-found.ts'
import { addNoticeRoutes } from './notice-routes.ts'
import { observeCalls } from './observe-calls.ts'
import { addOpenapi } from './openapi.ts'
import { sendProblem, toFailure } from './problem.ts'
import { addProfileRoutes } from './profile-routes.ts'
import { addReplayRoutes } from './replay-routes.ts'
import { createRouteContext } from './route-context.ts'
import { addSessionRoutes } from './session-routes.ts'
import { addStatisticsRoutes } from './statistics-routes.ts'
import { compileValidator, noQuerySchema } from './validate.ts'
import { addWebApp } from './web-app.ts'
import { addWebhookCheckRoutes } from './webhook-check-routes.ts'
import { addWebhookRoutes } from './webhook-routes.ts'
import { addWorkflowRoutes } from './workflow-routes.ts'

export type { AppDependencies }

/** Longer than load balancers keep a connection (60 s by custom), so that they never use one that is being closed. */
const KEEP_ALIVE_MS = 75_000
/** For 32 MiB over a slow line. */
const REQUEST_MS = 120_000
const MAX_ID_CHARACTERS = 200

/** An answer of the API is shown in no page, and used by no other origin. */
const NOT_A_PAGE = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
} as const
const OWN_ANSWER = { 'cache-control': 'no-store', ...NOT_A_PAGE }

/** Puts the API together; it does not listen yet. Calls that succeed are not logged. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    genReqId: createRequestIds(),
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    // What comes while it stops is answered as ever, on a connection that then closes.
    return503OnClosing: false,
    trustProxy: dependencies.trustedProxies.length > 0 && dependencies.trustedProxies,
    routerOptions: { maxParamLength: MAX_ID_CHARACTERS },
    // Node would refuse a request without a host by itself, and without a problem document.
    http: { requireHostHeader: false },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply as FastifyReply, toFailure(error).problem)
    },
    clientErrorHandler: answerClientError,
  })
  answerUnknownExpectations(app.server)
  app.setValidatorCompiler(compileValidator)
  // The response schemas describe; what the services answer is not checked again.
  app.setSerializerCompiler(() => JSON.stringify)
  parseJsonBodies(app)
  const isStopping = closeGracefully(app)
  observeCalls(app, dependencies.telemetry)
  answerErrors(app, dependencies, isStopping)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff')
    const { access } = request.routeOptions.config
    // Some answers hold secrets, and all are one caller's own.
    if (access !== EVERYBODY || request.url.startsWith('/api/')) reply.headers(OWN_ANSWER)
    // RFC 9112, section 3.2.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      return done(new AppError('bad_request', 'The header `Host` is missing.'))
    done()
  })
  answerUnknownRoutes(app, dependencies.telemetry.problemAnswered)
  const identify = createIdentify(dependencies)
  requireAccess(app, identify, dependencies.publicUrl)

  await addOpenapi(app)
  addHealthRoutes(app.withTypeProvider<ZodTypeProvider>(), dependencies, isStopping)
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>()
      api.addHook('onRoute', (route) => {
        route.schema = { querystring: noQuerySchema, ...route.schema }
      })
      const context = createRouteContext(dependencies)
      addSessionRoutes(api, context)
      addMemberRoutes(api, context)
      addProfileRoutes(api, context)
      addWorkflowRoutes(api, context)
      addItemRoutes(api, context)
      addEventRoutes(api, context)
      addWebhookRoutes(api, context)
      addWebhookCheckRoutes(api, context)
      addLogRoutes(api, context)
      addDeliveryRoutes(api, context)
      addReplayRoutes(api, context)
      addNoticeRoutes(api, context)
      addStatisticsRoutes(api, context)
      addChangeRoutes(api, dependencies, identify, isStopping)
    },
    { prefix: '/api/v1' },
  )
  await addWebApp(app, dependencies)
  await app.ready()
  return app
}

/** Has every error answered as a problem; those that are our own are logged, under the id that the caller is told. */
function answerErrors(
  app: FastifyInstance,
  { log, telemetry }: AppDependencies,
  isStopping: () => boolean,
): void {
  app.setErrorHandler((error, request, reply) => {
    const { problem, isOurs } = toFailure(error, request.id)
    telemetry.problemAnswered(problem.code)
    if (isOurs) {
      const { method, routeOptions } = request
      log.error({ err: error, requestId: request.id, method, route: routeOptions.url }, 'call failed')
    }
    // Fastify would close the connection after a bad body; all of it has been read, so it can be used again.
    if (reply.hasHeader('connection') && !isStopping()) reply.removeHeader('connection')
    return sendProblem(reply, problem)
  })
}

/** Ids that differ between nodes and starts, so that the one of an error finds its line in the log. */
function createRequestIds(): () => string {
  const start = randomBytes(6).toString('hex')
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}
