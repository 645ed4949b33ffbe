import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { StreamMessage } from './message-stream.ts'

/** The thread that PGlite runs in: wire protocol in, wire protocol out, in the order of arrival. */
const { dataDir } = workerData as { dataDir: string }
const database = await PGlite.create(dataDir)
const port = parentPort!

let last = Promise.resolve()
port.on('message', ({ streamId, bytes }: StreamMessage) => {
  last = last.then(() =>
    database.execProtocolRawStream(bytes, {
      onRawData(answer) {
        // A copy, since the answer is a view into the database's own memory.
        const copy = new Uint8Array(answer)
        port.postMessage({ streamId, bytes: copy } satisfies StreamMessage, [copy.buffer])
      },
    }),
  )
})
