import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/** The thread that PGlite runs in: wire protocol in, wire protocol out, in the order of arrival. */
const { dataDir } = workerData as { dataDir: string }
const database = await PGlite.create(dataDir)
const port = parentPort!

let last = Promise.resolve()
port.on('message', (bytes: Uint8Array) => {
  last = last.then(() => database.execProtocolRawStream(bytes, { onRawData }))
})

/** A copy, since the answer is a view into the database's own memory. */
function onRawData(answer: Uint8Array): void {
  const copy = new Uint8Array(answer)
  port.postMessage(copy, [copy.buffer])
}
