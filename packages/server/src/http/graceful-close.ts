import type { FastifyInstance } from 'fastify'

const IDLE_CHECK_MS = 50
/** What is not answered by then is cut off: a client that stopped half-way would hold the process for ever. */
const GRACE_MS = 10_000

/**
 * Has the app stop in good order: calls under way, and those that come on open connections, are answered with
 * `connection: close`; connections that have become idle are closed. Gives back whether it is stopping.
 */
export function closeGracefully(app: FastifyInstance): () => boolean {
  let isStopping = false
  app.addHook('preClose', (done) => {
    isStopping = true
    const { server } = app
    // Node closes those that are idle now; one that becomes idle later would stay until its time-out.
    const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
    const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.once('close', () => {
      clearInterval(idleCheck)
      clearTimeout(grace)
    })
    // An app that never listened never closes its server; that must not keep the process.
    idleCheck.unref()
    grace.unref()
    done()
  })
  return () => isStopping
}
