import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '../base/errors.ts'
import { sendProblem, toFailure } from './problem.ts'
import { requestPath } from './request-path.ts'

/** Where the build of `packages/web` is. */
const webAppDirectory = join(import.meta.dirname, '../../../web/dist')

/** All that no other route takes. */
export const WEB_APP_PATH = '/*'

type WebAppOptions = { publicUrl: () => string; directory?: string }

/** Files of this origin only, no inline script; style attributes and elements are how its components are sized. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Alerts have preview images, which are anywhere.
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

/** A year; names of assets change with their contents. */
const ASSET_MAX_AGE_SECONDS = 31_536_000
const HSTS_SECONDS = 31_536_000

/** What the build makes: names without a slash, so that none leads elsewhere. Compressed copies are not asked for. */
const FILE_PATH = /^\/(?:assets\/)?[\w-][\w.-]*\.(?:css|html|js|svg|woff2)$/

/** The service's own places: what is not there is an API's 404 and never the page. */
const SERVICE_PATH = /^\/(?:api|docs|openapi\.json|healthz|readyz|metrics)(?:\/|$)/

/**
 * Serves the web app: its files, and its page for every path that a browser goes to and no other route takes. To be
 * called after the routes of the API.
 */
export async function addWebApp(app: FastifyInstance, options: WebAppOptions): Promise<void> {
  const { publicUrl, directory = webAppDirectory } = options
  const pageFile = join(directory, 'index.html')
  await app.register(fastifyStatic, {
    root: directory,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    // There may be no build yet: then the start page says so.
    suppressWarning: true,
  })

  app.get(WEB_APP_PATH, { schema: { hide: true } }, (request, reply) => {
    const path = requestPath(request)
    // What is not there is answered as what no route takes.
    if (FILE_PATH.test(path)) return sendFile(reply, path)
    if (!isPage(request, path)) return reply.callNotFound()
    return existsSync(pageFile) ? sendFile(reply, '/index.html') : sendProblem(reply, notBuilt)
  })

  function sendFile(reply: FastifyReply, path: string): FastifyReply {
    const isAsset = path.startsWith('/assets/')
    reply.headers(HEADERS)
    reply.header(
      'cache-control',
      isAsset ? `public, max-age=${ASSET_MAX_AGE_SECONDS}, immutable` : 'no-cache',
    )
    if (publicUrl().startsWith('https:')) reply.header('strict-transport-security', `max-age=${HSTS_SECONDS}`)
    return reply.sendFile(path)
  }
}

const notBuilt = {
  ...toFailure(notFound('page')).problem,
  detail: 'The web app is not built. Run `npm run setup`.',
}

/** Whether it is a place of the app: browsers ask for HTML when they go somewhere, programs do not. */
function isPage({ headers }: FastifyRequest, path: string): boolean {
  if (path === '/') return true
  return !SERVICE_PATH.test(path) && (headers.accept?.includes('text/html') ?? false)
}
