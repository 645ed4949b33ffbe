/** The process behind `startReceiverProcess`: a receiver whose paths say how it answers. */
import { createReceiverLedger } from './receiver-ledger.ts'
import { type Receiver, type ReceiverAnswer, type ReceiverOptions, startReceiver } from './receiver-server.ts'

/** What the parent can ask; every call is answered, in order. */
export type ReceiverCalls = typeof calls

export interface ReceiverCall {
  callId: number
  name: keyof ReceiverCalls
  parameters: unknown[]
}

export interface ReceiverReply {
  callId: number
  result?: unknown
  error?: string
}

const ledger = createReceiverLedger()
const failedTries = new Map<string, number>()
let receiver: Receiver | undefined

const calls = {
  async start(options: Pick<ReceiverOptions, 'certificate' | 'host' | 'port'>) {
    receiver = await startReceiver({ ...options, answer, keepRequests: false })
    return receiver.url('')
  },
  mark: ledger.mark,
  summarize: ledger.summarize,
  arrivals: ledger.arrivals,
}

function answer(request: Parameters<NonNullable<ReceiverOptions['answer']>>[0]): ReceiverAnswer {
  const entry = ledger.begin(request)
  const [, mode, parameter] = request.path.split('/')
  if (mode === 'ok') {
    ledger.succeed(entry)
    return {}
  }
  if (mode === 'hang') return { hang: true }
  if (mode === 'slow') {
    const delayMs = Number(parameter)
    setTimeout(() => ledger.succeed(entry), delayMs)
    return { delayMs }
  }
  if (mode === 'fail') {
    const delivery = request.headers['x-outtake-delivery-id'] ?? request.headers['webhook-id'] ?? request.path
    const failed = failedTries.get(delivery) ?? 0
    if (failed < Number(parameter)) {
      failedTries.set(delivery, failed + 1)
      return { status: 503 }
    }
    ledger.succeed(entry)
    return {}
  }
  return { status: 404 }
}

process.on('message', async ({ callId, name, parameters }: ReceiverCall) => {
  const call = calls[name] as (...parameters: unknown[]) => unknown
  const reply: ReceiverReply = await Promise.resolve()
    .then(() => call(...parameters))
    .then(
      (result) => ({ callId, result }),
      (error: unknown) => ({ callId, error: String(error) }),
    )
  process.send?.(reply)
})

// The channel closes however the parent ends, by SIGKILL too.
process.on('disconnect', () => process.exit())
