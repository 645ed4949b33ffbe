import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'

/** What a stream sends to the database's thread, and what it gets back. */
export type StreamMessage = { streamId: number; bytes: Uint8Array }

let lastStreamId = 0

/**
 * What the driver writes to a socket goes to the database's thread as messages, and the answers come back as data. The
 * driver leaves a connection as soon as a statement fails: the rest of that answer is not for the one that follows.
 */
export class MessageStream extends Duplex {
  private readonly streamId = ++lastStreamId
  private readonly worker: Worker
  private readonly receive = ({ streamId, bytes }: StreamMessage): void => {
    if (streamId === this.streamId) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }
  private readonly breakOff = (): void => {
    this.destroy(new Error('The embedded database has stopped. It is started again.'))
  }

  constructor(worker: Worker) {
    super({ writableHighWaterMark: 1 << 20 })
    this.worker = worker
    worker.on('message', this.receive)
    worker.on('exit', this.breakOff)
  }

  /** The driver's call on a socket; there is nothing to connect to, but the thread must be there. */
  connect(): this {
    const hasEnded = this.worker.threadId < 0
    queueMicrotask(() => (hasEnded ? this.breakOff() : this.emit('connect')))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.send(new Uint8Array(chunk))
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.send(new Uint8Array(Buffer.concat(chunks.map(({ chunk }) => chunk))))
    done()
  }

  /** A server would close the connection now; the driver waits for that before it opens the next one. */
  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  private send(bytes: Uint8Array): void {
    this.worker.postMessage({ streamId: this.streamId, bytes } satisfies StreamMessage)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.worker.off('message', this.receive)
    this.worker.off('exit', this.breakOff)
    done(error)
  }
}
