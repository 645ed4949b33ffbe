import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { responseOn } from './response-on.ts'

const IDLE_CHECK_MS = 50
/** What is not answered by then is cut off: a client that stopped half-way would hold the process for ever. */
const GRACE_MS = 10_000

/**
 * Has the app stop in good order: calls under way, and those that come on open connections, are answered with
 * `connection: close`; connections without a call are closed. Gives back whether it is stopping.
 */
export function closeGracefully(app: FastifyInstance): () => boolean {
  const { server } = app
  const sockets = new Set<Socket>()
  let isStopping = false
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  app.addHook('preClose', (done) => {
    isStopping = true
    for (const socket of sockets) announceClose(socket)
    closeIdle()
    const idleCheck = setInterval(closeIdle, IDLE_CHECK_MS)
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

  function closeIdle(): void {
    server.closeIdleConnections()
    // Node takes a connection on which nothing ever came, as browsers open them, for a busy one.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
}

/** Tells whoever waits for an answer on the connection not to use it again. */
function announceClose(socket: Socket): void {
  const response = responseOn(socket)
  if (response && !response.headersSent) response.setHeader('connection', 'close')
}
