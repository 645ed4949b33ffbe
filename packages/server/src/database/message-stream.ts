import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'

/** What the driver writes to a socket goes to the database's thread as messages, and the answers come back as data. */
export class MessageStream extends Duplex {
  private readonly worker: Worker
  private readonly receive = (bytes: Uint8Array): void => {
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  constructor(worker: Worker) {
    super({ writableHighWaterMark: 1 << 20 })
    this.worker = worker
    worker.on('message', this.receive)
  }

  /** The driver's call on a socket; there is nothing to connect to. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
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
    this.worker.postMessage(new Uint8Array(chunk))
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.worker.postMessage(new Uint8Array(Buffer.concat(chunks.map(({ chunk }) => chunk))))
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.worker.off('message', this.receive)
    done(error)
  }
}
