import type { FastifyInstance } from 'fastify'
import type { CallSpan, Telemetry } from '../base/telemetry.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What traces join the call's work to; undefined where it is not traced. */
    span: CallSpan | undefined
  }
  interface FastifyContextConfig {
    /** Its answer lasts as long as somebody looks, so how long says nothing. */
    isStream?: boolean
  }
}

/** Tells of each call when it comes and when it is answered. To be called before routes are added. */
export function observeCalls(app: FastifyInstance, telemetry: Telemetry): void {
  app.decorateRequest('span', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.url.startsWith('/api/')) {
      const { traceparent } = request.headers
      request.span = telemetry.callBegan(typeof traceparent === 'string' ? traceparent : undefined)
    }
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url, config } = request.routeOptions
    telemetry.callEnded({
      // Of what no route takes, the method may be any.
      method: url === undefined ? 'none' : String(method),
      route: url,
      statusCode: reply.statusCode,
      durationMs: config.isStream ? null : reply.elapsedTime,
      span: request.span,
    })
    done()
  })
}
