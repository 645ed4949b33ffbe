import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../base/clock.ts'
import type { Schema } from '../database/schema.ts'
import { decide } from '../delivery/decide.ts'
import { removeMessage, retryMessage, type TakenMessage, takeMessages } from './message-queue.ts'
import type { Messenger, Sent } from './messenger.ts'

/** Sends what is owed of notices, of before a restart and of other nodes too. */
export type MessageRunner = {
  start(): void
  /** There may be something to send. */
  wake(): void
  /** Takes nothing more, and waits for what is under way. */
  stop(): Promise<void>
}

const AT_ONCE = 16
/** For what another node has left, or has written. */
const POLL_INTERVAL_MS = 5_000
/** What a message may take beyond its time limit before another node takes it up. */
const LEASE_MARGIN_MS = 5_000

/** Makes the runner. Messages are retried by the rules of deliveries, and then given up: the app shows all notices. */
export function createMessageRunner(options: {
  db: Kysely<Schema>
  messenger: Messenger
  retryDelaysMs: readonly number[]
  timeoutMs: number
  clock: Clock
  random: () => number
  log: Logger
  onError: (error: unknown) => void
}): MessageRunner {
  const { db, messenger, clock, log, onError } = options
  const underWay = new Map<TakenMessage, Promise<void>>()
  const retryTimers = new Set<NodeJS.Timeout>()
  let poll: NodeJS.Timeout | undefined
  let taking: Promise<void> | undefined
  let isWokenAgain = false
  let isRunning = false

  return { start, wake, stop }

  function start(): void {
    isRunning = true
    poll = setInterval(wake, POLL_INTERVAL_MS)
    wake()
  }

  function wake(): void {
    if (!isRunning) return
    if (taking) {
      isWokenAgain = true
      return
    }
    taking = take()
      .catch(onError)
      .finally(() => {
        taking = undefined
        if (!isWokenAgain) return
        isWokenAgain = false
        wake()
      })
  }

  async function take(): Promise<void> {
    const free = AT_ONCE - underWay.size
    if (free <= 0) return // the end of one of them wakes
    const busy = new Set([...underWay.keys()].map(({ profileId, channel }) => `${profileId} ${channel}`))
    const taken = await takeMessages(db, free, [...busy], options.timeoutMs + LEASE_MARGIN_MS)
    for (const message of taken) {
      const ended = handle(message)
        .catch(onError)
        .finally(() => {
          underWay.delete(message)
          wake()
        })
      underWay.set(message, ended)
    }
  }

  async function handle(taken: TakenMessage): Promise<void> {
    if (taken.message === null) return removeMessage(db, taken)
    const sent = await messenger.send(taken.message)
    const next = follow(taken, sent)
    log[next === 'given up' ? 'warn' : 'info'](
      {
        noticeId: taken.noticeId,
        channel: taken.channel,
        attempt: taken.attempt,
        ...(taken.message.channel === 'webhook' && { host: new URL(taken.message.url).host }),
        outcome: sent.outcome,
        statusCode: sent.statusCode,
        error: sent.error,
        next: typeof next === 'string' ? next : 'retry',
      },
      'notice message',
    )
    if (typeof next === 'string') return removeMessage(db, taken)
    await retryMessage(db, taken, next.failures, next.delayMs)
    wakeIn(next.delayMs)
  }

  function follow(
    taken: TakenMessage,
    sent: Sent,
  ): 'done' | 'given up' | { failures: number; delayMs: number } {
    if (sent.outcome === 'stopped') return { failures: taken.failures, delayMs: 0 }
    const decision = decide({
      outcome: sent.outcome,
      statusCode: sent.statusCode,
      retryAfter: sent.retryAfter,
      failures: taken.failures + (sent.outcome === 'failed' ? 1 : 0),
      retryDelaysMs: options.retryDelaysMs,
      endedAt: clock.now(),
      random: options.random,
      isTest: false,
    })
    if (decision.next === 'retry') return decision
    return decision.next === 'succeeded' ? 'done' : 'given up'
  }

  function wakeIn(delayMs: number): void {
    if (!isRunning) return
    const timer = setTimeout(() => {
      retryTimers.delete(timer)
      wake()
    }, delayMs)
    retryTimers.add(timer)
  }

  async function stop(): Promise<void> {
    isRunning = false
    clearInterval(poll)
    for (const timer of retryTimers) clearTimeout(timer)
    await taking
    await Promise.all(underWay.values())
  }
}
