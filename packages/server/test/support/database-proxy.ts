import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between the service and a PostgreSQL server, so that a test can spoil what is sent. */
export type DatabaseProxy = AsyncDisposable & {
  /** The server's connection string, by way of the proxy. */
  url: string
  /** What becomes of the bytes on their way to the server; null keeps them, and no answer ever comes. */
  pass: (bytes: Buffer) => Buffer | null
  /** Cuts all connections. */
  cut(): void
}

export async function openDatabaseProxy(serverUrl: string): Promise<DatabaseProxy> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    sockets.add(near)
    near.on('data', (bytes) => {
      const passed = proxy.pass(bytes)
      if (passed) far.write(passed)
    })
    far.on('data', (bytes) => near.write(bytes))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {}) // `close` follows
      one.on('close', () => other.destroy())
    }
    near.on('close', () => sockets.delete(near))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(serverUrl)
  url.port = String((server.address() as AddressInfo).port)
  const proxy: DatabaseProxy = {
    url: url.href,
    pass: (bytes) => bytes,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      proxy.cut()
      await closed
    },
  }
  return proxy
}
