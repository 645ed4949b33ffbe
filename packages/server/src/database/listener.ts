import pg from 'pg'

/** Hears notifications of the database. What is sent while the connection is down is lost. */
export type Listener = {
  /**
   * Hears a channel. To be called for one after the other; the first call connects.
   *
   * @param onGap the connection was down, and is back: some notifications may have been lost
   */
  listen(channel: string, onNotification: (payload: string) => void, onGap?: () => void): Promise<void>
  close(): Promise<void>
}

type Channel = { onNotification: (payload: string) => void; onGap: () => void }

const RECONNECT_MS = 1_000
const PROBE_MS = 10_000

/** A connection of its own that hears notifications of several channels, and comes back by itself when it is cut. */
export function createListener(connectionString: string, onError: (error: Error) => void): Listener {
  const channels = new Map<string, Channel>()
  let client: pg.Client | undefined
  let reconnection: NodeJS.Timeout | undefined
  let isClosed = false

  return {
    async listen(channel, onNotification, onGap = () => {}) {
      channels.set(channel, { onNotification, onGap })
      if (client) await hear(client, channel)
      else await open()
    },
    async close() {
      isClosed = true
      clearTimeout(reconnection)
      await client?.end()
    },
  }

  async function open(): Promise<void> {
    const connection = new pg.Client({
      connectionString,
      application_name: 'workflow-webhooks listener',
      // It says nothing by itself: without probes, one that was cut on the way would seem quiet for ever.
      keepAlive: true,
      keepAliveInitialDelayMillis: PROBE_MS,
    })
    connection.on('error', onError)
    connection.on('notification', ({ channel, payload = '' }) =>
      channels.get(channel)?.onNotification(payload),
    )
    await connection.connect()
    try {
      for (const channel of channels.keys()) await hear(connection, channel)
    } catch (error) {
      void connection.end() // another one comes in its place
      throw error
    }
    if (isClosed) return connection.end()
    client = connection
    connection.on('end', reopen)
  }

  function reopen(): void {
    if (isClosed || reconnection) return
    reconnection = setTimeout(() => {
      reconnection = undefined
      open().then(
        () => {
          for (const { onGap } of channels.values()) onGap()
        },
        (error: Error) => {
          onError(error)
          reopen()
        },
      )
    }, RECONNECT_MS)
  }
}

async function hear(client: pg.Client, channel: string): Promise<void> {
  await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
}
