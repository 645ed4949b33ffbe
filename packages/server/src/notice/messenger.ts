import type { Notice } from '@workflow-webhooks/contract'
import type { Clock } from '../base/clock.ts'
import type { Encryption } from '../base/encryption.ts'
import { prepareHeaders, requestHeaders } from '../delivery/request-headers.ts'
import type { Sender } from '../delivery/send.ts'
import { toMailText } from './mail-text.ts'
import type { Mailer } from './mailer.ts'

export type Channel = 'webhook' | 'email'

/** A notice on its way to one channel of its profile. */
export type Message = {
  noticeId: string
  /** The notice as JSON: what an operational webhook gets, byte for byte. */
  body: string
  /** From 1. */
  attempt: number
} & (
  | { channel: 'email'; address: string; profileName: string }
  | { channel: 'webhook'; url: string; secret: Buffer }
)

/** What came of sending a message. */
export type Sent = {
  /** `stopped`: the service ended first. */
  outcome: 'succeeded' | 'failed' | 'stopped'
  statusCode?: number
  /** `Retry-After` as it came. */
  retryAfter?: string
  /** For the profile's admins; names no address. */
  error?: string
}

/** Sends notices where they go. */
export type Messenger = {
  canMail: boolean
  /** Sends one message, once; never rejects. */
  send(message: Message): Promise<Sent>
}

/**
 * Makes the messenger. An operational webhook is sent to by the sender of all deliveries, so through the egress guard,
 * and signed as they are; its `webhook-id` is the notice's.
 */
export function createMessenger(options: {
  sender: Pick<Sender, 'send'>
  mailer: Mailer | null
  encryption: Encryption
  timeoutMs: number
  clock: Clock
  /** Of this service, for the user agent. */
  version: string
}): Messenger {
  const { sender, mailer, encryption, timeoutMs, clock, version } = options
  return {
    canMail: mailer !== null,
    send: (message) => (message.channel === 'webhook' ? post(message) : mail(message)),
  }

  async function post({ url, secret, ...message }: Message & { channel: 'webhook' }): Promise<Sent> {
    let secrets: string[]
    try {
      secrets = [encryption.decrypt(secret)]
    } catch {
      return { outcome: 'failed', error: 'The secret cannot be decrypted; set another one.' }
    }
    const body = Buffer.from(message.body)
    const sent = await sender.send({
      url,
      headers: requestHeaders(prepareHeaders({ secrets, customHeaders: {}, version }), {
        eventId: message.noticeId,
        deliveryId: message.noticeId,
        attempt: message.attempt,
        timestampSeconds: Math.floor(clock.now() / 1000),
        body,
      }),
      body,
      timeoutMs,
    })
    return {
      outcome: sent.error?.code === 'stopped' ? 'stopped' : sent.outcome,
      ...(sent.statusCode !== undefined && { statusCode: sent.statusCode }),
      ...(sent.retryAfter !== undefined && { retryAfter: sent.retryAfter }),
      ...(sent.error && { error: sent.error.message }),
    }
  }

  async function mail({
    noticeId,
    body,
    address,
    profileName,
  }: Message & { channel: 'email' }): Promise<Sent> {
    if (mailer === null) return { outcome: 'failed', error: 'The service has no mail server.' }
    const text = toMailText(JSON.parse(body) as Notice, profileName)
    return mailer.send({ ...text, to: address, id: noticeId })
  }
}
