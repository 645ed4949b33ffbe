import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  type ConnectionOptions,
  createSecureContext,
  getCACertificates,
  type TLSSocket,
  connect as tlsConnect,
} from 'node:tls'
import type { Address, EgressGuard } from './egress-guard.ts'
import { connectError, egressError, tlsError } from './send-error.ts'
import type { SendError, SendPhases } from './send-result.ts'

/** What was agreed with the receiver on a connection. */
export type TlsFacts = { protocol: string; cipher?: string; issuer?: string }

/** A place to connect to. */
export type Endpoint = {
  /** As in a URL: a name, an IPv4 address, or an IPv6 one in brackets. */
  hostname: string
  port: number
  /** The last TLS session, so that the next handshake is a short one. Written by `connect`, as the next is. */
  session?: Buffer
  /** Of the receiver's certificate, which a short handshake does not show again. */
  issuer?: string
}

/** How far the opening of a connection has come; written while it is under way, so that a time-out can tell. */
export type Opening = {
  stage: 'resolving' | 'connecting' | 'securing' | 'open'
  phases: SendPhases
  remoteAddress?: string
  /** Monotonic, milliseconds: when the attempt that waits for the connection gives up. */
  deadlineAtMs: number
  /** Lets go of everything at once. */
  signal: AbortSignal
}

export type OpenedConnection = { socket: TLSSocket; remoteAddress: string; tls: TlsFacts }

/**
 * Opens a TLS connection: resolves and vets the name once, then tries the vetted addresses in their order. Never
 * rejects. Where the signal aborts, what it gives back is of no use to anybody.
 */
export type Connect = (
  endpoint: Endpoint,
  opening: Opening,
) => Promise<OpenedConnection | { failure: SendError }>

/** Makes a `Connect`. `extraCa`: PEM certificates beside the default roots. @throws Error where one cannot be read, or there is none. */
export function createConnect(options: {
  guard: EgressGuard
  extraCa?: string | undefined
  monotonicMs: () => number
}): Connect {
  const { guard, monotonicMs } = options
  const tlsOptions: ConnectionOptions = {
    // One context for all connections: reading the roots takes longer than a handshake.
    secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...trustedCertificates(options.extraCa) }),
    ALPNProtocols: ['http/1.1'],
    // Also where NODE_TLS_REJECT_UNAUTHORIZED would turn it off.
    rejectUnauthorized: true,
  }

  return async (endpoint, opening) => {
    const startedAtMs = monotonicMs()
    const answer = await guard.resolve(endpoint.hostname, opening.signal)
    opening.phases.dnsMs = monotonicMs() - startedAtMs
    if ('refusal' in answer) return { failure: egressError(answer.refusal) }
    opening.stage = 'connecting'
    let failure: SendError | undefined
    for (const [index, address] of answer.addresses.entries()) {
      if (opening.signal.aborted) break
      const shareMs = (opening.deadlineAtMs - monotonicMs()) / (answer.addresses.length - index)
      const isLast = index === answer.addresses.length - 1
      const limitMs = isLast ? null : Math.min(shareMs, ADDRESS_LIMIT_MS)
      const tried = await tryAddress(endpoint, address, opening, limitMs)
      if (!('failure' in tried)) return tried
      failure = tried.failure
      // What was reached and is not to be trusted will not be trusted at another address either.
      if (failure.code === 'tls_failed') break
    }
    return { failure: failure ?? connectError({}) }
  }

  function tryAddress(
    endpoint: Endpoint,
    { address }: Address,
    opening: Opening,
    limitMs: number | null,
  ): Promise<OpenedConnection | { failure: SendError }> {
    return new Promise((resolve) => {
      const startedAtMs = monotonicMs()
      const session = endpoint.session
      const socket = tlsConnect({
        ...tlsOptions,
        host: address,
        port: endpoint.port,
        servername: serverName(endpoint.hostname),
        ...(session && { session }),
      })
      socket.setNoDelay(true)
      const limit = limitMs === null ? undefined : setTimeout(() => socket.destroy(timedOut), limitMs)
      const abort = () => socket.destroy(timedOut)
      opening.signal.addEventListener('abort', abort, { once: true })
      let connectedAtMs: number | null = null
      // Node holds this back until the certificate is verified; resuming any other session would skip that.
      socket.on('session', (given: Buffer) => {
        endpoint.session = given
      })
      socket.once('connect', () => {
        clearTimeout(limit)
        connectedAtMs = monotonicMs()
        opening.phases.connectMs = connectedAtMs - startedAtMs
        opening.remoteAddress = address
        opening.stage = 'securing'
      })
      socket.once('secureConnect', () => {
        settle()
        opening.phases.tlsMs = monotonicMs() - connectedAtMs!
        opening.stage = 'open'
        resolve({ socket, remoteAddress: address, tls: tlsFacts(socket, endpoint) })
      })
      socket.once('error', fail)
      function fail(error: NodeJS.ErrnoException): void {
        settle()
        // It may be what the receiver stumbled over.
        delete endpoint.session
        // Whatever else the socket reports is of no interest any more.
        socket.on('error', () => {})
        resolve({ failure: connectedAtMs === null ? connectError(error) : tlsError(error) })
      }
      function settle(): void {
        clearTimeout(limit)
        opening.signal.removeEventListener('abort', abort)
        socket.removeListener('error', fail)
      }
    })
  }
}

/** An address that does not answer must leave time for the next one. */
const ADDRESS_LIMIT_MS = 3_000

const timedOut = Object.assign(new Error('given up'), { code: 'ETIMEDOUT' })

/** What TLS trusts beside the default roots. @throws Error where a certificate cannot be read, or there is none */
export function trustedCertificates(extraCa: string | undefined): { ca?: string[] } {
  if (extraCa === undefined) return {}
  const certificates = extraCa.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
  if (!certificates) throw new Error('there is no PEM certificate in it')
  // The context itself passes over what it cannot read.
  for (const certificate of certificates) new X509Certificate(certificate)
  return { ca: [...getCACertificates('default'), ...certificates] }
}

/** Sent to the receiver and checked against its certificate; an address is not sent (RFC 6066, section 3). */
function serverName(hostname: string): string {
  return hostname.startsWith('[') || isIP(hostname) !== 0 ? '' : hostname.replace(/\.$/, '')
}

function tlsFacts(socket: TLSSocket, endpoint: Endpoint): TlsFacts {
  const { issuer } = socket.getPeerCertificate()
  const name = issuer?.O ?? issuer?.CN
  // A certificate may have several of a kind.
  if (name !== undefined) endpoint.issuer = [name].flat().join(', ')
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    ...(endpoint.issuer !== undefined && { issuer: endpoint.issuer }),
  }
}
