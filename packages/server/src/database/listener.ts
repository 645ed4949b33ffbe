import pg from 'pg'

/** Hears notifications of the database. What is sent while the connection is down is lost. */
export type Listener = {
  listen(channel: string, onNotification: (payload: string) => void): Promise<void>
  close(): Promise<void>
}

const RECONNECT_MS = 1_000

/** A connection of its own that hears notifications, and comes back by itself when it is cut. */
export function createListener(connectionString: string, onError: (error: Error) => void): Listener {
  let client: pg.Client | undefined
  let reconnection: NodeJS.Timeout | undefined
  let isClosed = false

  return { listen: open, close }

  async function open(channel: string, onNotification: (payload: string) => void): Promise<void> {
    const connection = new pg.Client({ connectionString, application_name: 'workflow-webhooks listener' })
    connection.on('error', onError)
    connection.on('notification', (message) => onNotification(message.payload ?? ''))
    await connection.connect()
    client = connection
    connection.on('end', () => reopen(channel, onNotification))
    await connection.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
  }

  function reopen(channel: string, onNotification: (payload: string) => void): void {
    if (isClosed) return
    reconnection = setTimeout(() => {
      open(channel, onNotification).catch((error: Error) => {
        onError(error)
        reopen(channel, onNotification)
      })
    }, RECONNECT_MS)
  }

  async function close(): Promise<void> {
    isClosed = true
    clearTimeout(reconnection)
    await client?.end()
  }
}
