import type { Notice } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Changes } from '../base/changes.ts'
import type { Clock } from '../base/clock.ts'
import type { Schema } from '../database/schema.ts'
import { lookAt } from './look.ts'
import type { Told, WebhookUrl } from './notices.ts'

/** Looks after all webhooks, and tells members of those that fail steadily or have recovered. */
export type Monitor = {
  start(): void
  /** Looks once, now; gives back what was told. One look after the other. */
  look(): Promise<Notice[]>
  /** Begins no further look, and waits for the one that is under way. */
  stop(): Promise<void>
}

const LOOK_INTERVAL_MS = 10_000
/** After a hint: what else is settled just then is seen by the same look. */
const HINT_DELAY_MS = 2_000
/** A busy service hints all the time, and must be busy with something else. */
const LEAST_INTERVAL_MS = 5_000
/** So many of those that hints named are looked at together; the others wait for the next look. */
const HINTED_AT_ONCE = 200
/** So many others, each time the next ones: sooner or later all, whatever hint was lost. */
const ROUND_AT_ONCE = 50

/**
 * Makes the monitor. It goes by hints of what was delivered, by what it has seen to begin to fail, and, round and round,
 * by all that is enabled. Any number of nodes may do so at once.
 *
 * @param onNotices something is owed to the channels of profiles
 */
export function createMonitor(options: {
  db: Kysely<Schema>
  clock: Clock
  webhookUrl: WebhookUrl
  changes: Pick<Changes, 'changed' | 'listen'>
  onNotices: () => void
  log: Logger
  onError: (error: unknown) => void
}): Monitor {
  const { db, clock, webhookUrl, changes, onNotices, log, onError } = options
  const hinted = new Set<string>()
  let undecided: string[] = []
  let roundFrom = ''
  let lastLookMs = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let dueMs = Number.POSITIVE_INFINITY
  let looking: Promise<unknown> = Promise.resolve()
  let isRunning = false
  let stopListening = (): void => {}

  return { start, look, stop }

  function start(): void {
    isRunning = true
    stopListening = changes.listen({
      hear(hints) {
        for (const webhookId of hints.get('deliveries') ?? []) hinted.add(webhookId)
        if (hinted.size > 0) schedule(HINT_DELAY_MS)
      },
      miss: () => schedule(HINT_DELAY_MS),
    })
    schedule(HINT_DELAY_MS)
  }

  /** Has a look come in so long, or sooner where one is to come sooner. */
  function schedule(delayMs: number): void {
    const now = clock.monotonicMs()
    const wantedMs = Math.max(now + delayMs, lastLookMs + LEAST_INTERVAL_MS)
    if (!isRunning || wantedMs >= dueMs) return
    clearTimeout(timer)
    dueMs = wantedMs
    timer = setTimeout(() => {
      dueMs = Number.POSITIVE_INFINITY
      look()
        .catch(onError)
        .finally(() => schedule(hinted.size > 0 ? HINT_DELAY_MS : LOOK_INTERVAL_MS))
    }, wantedMs - now)
  }

  function look(): Promise<Notice[]> {
    const looked = looking.then(lookOnce)
    looking = looked.catch(() => {})
    return looked
  }

  async function lookOnce(): Promise<Notice[]> {
    lastLookMs = clock.monotonicMs()
    const named = [...hinted].slice(0, HINTED_AT_ONCE)
    for (const webhookId of named) hinted.delete(webhookId)
    const round = await readRound()
    const webhookIds = [...new Set([...named, ...undecided, ...round])]
    const looked = await lookAt(db, webhookIds, webhookUrl, clock.now(), onError)
    undecided = looked.undecided
    for (const told of looked.told) tell(told)
    if (looked.told.length > 0) onNotices()
    return looked.told.map(({ notice }) => notice)
  }

  async function readRound(): Promise<string[]> {
    const rows = await db
      .selectFrom('webhook')
      .select('webhook_id')
      .where('webhook_id', '>', roundFrom)
      .where('enabled', '=', true)
      .where('deleted_at', 'is', null)
      .orderBy('webhook_id')
      .limit(ROUND_AT_ONCE)
      .execute()
    roundFrom = rows.length < ROUND_AT_ONCE ? '' : rows.at(-1)!.webhook_id
    return rows.map((row) => row.webhook_id)
  }

  function tell({ notice, emailsLeftOut }: Told): void {
    const {
      noticeId,
      type,
      profileId,
      webhook: { webhookId },
    } = notice
    log.info({ noticeId, type, webhookId }, 'notice')
    if (emailsLeftOut > 0)
      log.warn({ noticeId, profileId, emailsLeftOut }, 'notice not e-mailed: the profile’s day is used up')
    changes.changed(webhookId, 'webhooks')
    // What was pending is canceled.
    if (type === 'webhook.paused') changes.changed(webhookId, 'deliveries')
  }

  async function stop(): Promise<void> {
    isRunning = false
    stopListening()
    clearTimeout(timer)
    await looking
  }
}
