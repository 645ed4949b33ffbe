import type { Logger } from 'pino'
import type { Clock } from '../base/clock.ts'
import { noTelemetry, type Telemetry } from '../base/telemetry.ts'
import { type Decision, decide } from './decide.ts'
import type { Destination, Destinations, UnreadableDestination } from './destination.ts'
import type { Lease } from './lease.ts'
import type { AttemptDetail } from './log/attempt-answer.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { type PreparedHeaders, prepareHeaders, requestHeaders } from './request-headers.ts'
import type { Sender, SendPhases, SendResult } from './send.ts'
import type { AttemptResult } from './settle.ts'
import type { Taken } from './take.ts'

/** Makes attempts: the one place where a delivery leaves the house. */
export type Attempter = {
  /** Makes one attempt and decides what follows it; never rejects. */
  attempt(taken: Taken, lease: Lease, webhookVersion: number): Promise<AttemptResult>
  /** Cuts off all requests in flight: they end as "end unknown" and are due again at once. */
  abort(): void
}

export type AttempterOptions = {
  sender: Sender
  destinations: Destinations
  retryDelaysMs: readonly number[]
  timeoutMs: number
  clock: Clock
  random: () => number
  /** Of this service, for the user agent. */
  version: string
  log: Logger
  telemetry?: Pick<Telemetry, 'attemptEnded'>
}

const POSTPONED_MS = 1_000

/** What all requests of one version of a webhook share. */
type Prepared = {
  destination: Destination
  headers: PreparedHeaders
  redactor: Redactor
  /** When the previous secret of a rotation no longer signs, milliseconds since the epoch. */
  until: number
}

export function createAttempter(options: AttempterOptions): Attempter {
  const { sender, destinations, clock, log, telemetry = noTelemetry } = options
  const prepared = new WeakMap<Destination, Prepared>()
  return {
    attempt,
    abort: () => void sender.destroy(),
  }

  async function attempt(taken: Taken, lease: Lease, webhookVersion: number): Promise<AttemptResult> {
    const destination = await destinations
      .get(taken.webhookId, webhookVersion)
      .catch((cause: Error) => ({ webhookVersion, host: '', cause }))
    const result =
      'cause' in destination
        ? postpone(taken, lease, destination)
        : 'unreadable' in destination
          ? refuse(taken, lease, destination)
          : await send(taken, lease, prepare(destination))
    telemetry.attemptEnded(result, destination.host)
    const { follow } = result
    log.info(
      {
        deliveryId: taken.deliveryId,
        eventId: taken.eventId,
        webhookId: taken.webhookId,
        attempt: taken.attempt,
        host: destination.host,
        outcome: result.outcome,
        statusCode: result.statusCode,
        error: result.error?.code,
        durationMs: result.durationMs,
        next: follow.next,
        reason: follow.next === 'failed' ? follow.reason : undefined,
        retryInMs: follow.next === 'retry' ? follow.delayMs : undefined,
      },
      'attempt',
    )
    return result
  }

  async function send(
    taken: Taken,
    lease: Lease,
    { destination, headers, redactor }: Prepared,
  ): Promise<AttemptResult> {
    const startedAt = clock.now()
    const { body } = taken
    const sentHeaders = requestHeaders(headers, {
      eventId: taken.eventId,
      deliveryId: taken.deliveryId,
      attempt: taken.attempt,
      timestampSeconds: Math.floor(startedAt / 1000),
      body,
    })
    const sent = await sender.send({
      url: destination.url,
      headers: sentHeaders,
      body,
      timeoutMs: options.timeoutMs,
    })
    const signature = sentHeaders[sentHeaders.indexOf('webhook-signature') + 1]!
    const kept = sent.responseHeaders
      ? redactor.response(
          {
            headers: sent.responseHeaders,
            body: sent.responseBody ?? Buffer.alloc(0),
            isTruncated: sent.responseTruncated ?? false,
          },
          signature,
        )
      : undefined
    const decision: Decision | null = wasStopped(sent)
      ? null
      : decide({
          outcome: sent.outcome,
          statusCode: sent.statusCode,
          retryAfter: sent.retryAfter,
          failures: taken.failures + (sent.outcome === 'failed' ? 1 : 0),
          retryDelaysMs: options.retryDelaysMs,
          endedAt: startedAt + sent.durationMs,
          random: options.random,
          isTest: taken.isTest,
        })
    // What is undefined is not in its JSON.
    const detail: AttemptDetail = {
      userAgent: headers.userAgent,
      responseHeaders: kept?.headers,
      responseTruncated: kept?.isTruncated,
      remoteAddress: sent.remoteAddress,
      tls: sent.tls,
      phases: sent.phases && roundedPhases(sent.phases),
      wait: decision?.next === 'retry' ? { ms: decision.delayMs, because: decision.because } : undefined,
    }
    return {
      ...attemptOf(taken, lease, destination),
      startedAt,
      durationMs: inMicroseconds(sent.durationMs),
      outcome: wasStopped(sent) ? 'unknown' : sent.outcome,
      statusCode: sent.statusCode,
      error: sent.error,
      detailJson: JSON.stringify(detail),
      responseBody: kept && kept.body.length > 0 ? kept.body : null,
      follow: decision ?? { next: 'retry', delayMs: 0, failures: taken.failures },
    }
  }

  /** Nothing can be sent without the secret. */
  function refuse(taken: Taken, lease: Lease, destination: UnreadableDestination): AttemptResult {
    return {
      ...withoutRequest(taken, lease, destination),
      outcome: 'failed',
      error: {
        code: 'secret_unreadable',
        message: 'The shared secret cannot be decrypted, so no request was made. Rotate the secret.',
      },
      follow: { next: 'failed', reason: 'secret_unreadable' },
    }
  }

  /** The database did not answer: not the receiver's fault, so no retry is used up. */
  function postpone(
    taken: Taken,
    lease: Lease,
    about: { webhookVersion: number; cause: Error },
  ): AttemptResult {
    log.error({ err: about.cause, webhookId: taken.webhookId }, 'configuration not read')
    return {
      ...withoutRequest(taken, lease, about),
      outcome: 'unknown',
      error: {
        code: 'configuration_unread',
        message: 'The webhook’s configuration could not be read just then, so no request was made.',
      },
      follow: { next: 'retry', delayMs: POSTPONED_MS, failures: taken.failures },
    }
  }

  function withoutRequest(taken: Taken, lease: Lease, about: { webhookVersion: number }) {
    return {
      ...attemptOf(taken, lease, about),
      startedAt: clock.now(),
      durationMs: 0,
      detailJson: null,
      responseBody: null,
    }
  }

  function prepare(destination: Destination): Prepared {
    const known = prepared.get(destination)
    if (known && clock.now() < known.until) return known
    const { secret, previousSecret } = destination
    const isOverlapping = previousSecret !== undefined && clock.now() < previousSecret.until
    const secrets = isOverlapping ? [secret, previousSecret.secret] : [secret]
    const made = {
      destination,
      headers: prepareHeaders({ secrets, customHeaders: destination.headers, version: options.version }),
      redactor: createRedactor({ secrets, customHeaders: destination.headers }),
      until: isOverlapping ? previousSecret.until : Number.POSITIVE_INFINITY,
    }
    prepared.set(destination, made)
    return made
  }
}

/** Milliseconds; more digits say nothing, and every attempt would carry them. */
function inMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}

function roundedPhases(phases: SendPhases): SendPhases {
  const rounded: SendPhases = {}
  for (const [phase, ms] of Object.entries(phases)) rounded[phase as keyof SendPhases] = inMicroseconds(ms)
  return rounded
}

function wasStopped(sent: SendResult): boolean {
  return sent.error?.code === 'stopped'
}

function attemptOf(taken: Taken, { epoch }: Lease, { webhookVersion }: { webhookVersion: number }) {
  return {
    webhookId: taken.webhookId,
    epoch,
    position: taken.position,
    deliveryId: taken.deliveryId,
    eventId: taken.eventId,
    itemId: taken.itemId,
    isReplay: taken.isReplay,
    isTest: taken.isTest,
    attempt: taken.attempt,
    webhookVersion,
  }
}
