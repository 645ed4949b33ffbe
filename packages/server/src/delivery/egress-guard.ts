import { lookup as systemLookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isRefusedPort } from '@workflow-webhooks/contract'
import ipaddr from 'ipaddr.js'
import { parseAddress, type SpecialAddressKind, specialAddressKind } from './special-addresses.ts'

/** Why a destination is refused. The message names the kind of refusal, never an address that a name led to. */
export type Refusal = {
  code: 'url_refused' | 'url_unresolved'
  kind: RefusalKind
  message: string
}

export type RefusalKind =
  | SpecialAddressKind
  | 'local_name'
  | 'name_not_resolved'
  | 'not_https'
  | 'refused_port'

export type Address = { address: string; family: number }

/** All addresses of a name, in the order in which they are to be tried; rejects where there are none. */
export type Lookup = (hostname: string) => Promise<Address[]>

/** Keeps requests away from what is not a public receiver. Refusals are data; nothing here rejects. */
export type EgressGuard = {
  /** Whether one address may be connected to. */
  vetAddress(ip: string): Refusal | null
  /**
   * The vetted addresses of a URL's host (a name or an IP literal, `[…]` or not). It looks the name up once: connect
   * to these addresses, never to the name, or another answer of the DNS slips past the guard.
   */
  resolve(hostname: string, signal?: AbortSignal): Promise<{ addresses: Address[] } | { refusal: Refusal }>
  /** Whether a URL may be sent to at present, for when it is configured. It is vetted again at every connection. */
  vetUrl(url: string, signal?: AbortSignal): Promise<Refusal | null>
}

/**
 * Makes a guard. `allow`: CIDRs that it lets through all the same (`EGRESS_ALLOW`); `lookup`: the system's resolver
 * by default. @throws Error where a CIDR is none.
 */
export function createEgressGuard(options: { allow: readonly string[]; lookup?: Lookup }): EgressGuard {
  const allowed = options.allow.map((cidr) => ipaddr.parseCIDR(cidr))
  const lookup = shareLookups(options.lookup ?? lookUpInSystem)

  function vetAddress(ip: string): Refusal | null {
    const kind = specialAddressKind(ip)
    return kind === null || isAllowed(ip, allowed) ? null : refuse(kind)
  }

  async function resolve(host: string, signal?: AbortSignal): ReturnType<EgressGuard['resolve']> {
    const hostname = host.startsWith('[') ? host.slice(1, -1) : host
    const family = isIP(hostname)
    if (family !== 0) return vetAll([{ address: hostname, family }])
    if (isLocalName(hostname)) {
      // They are what they are, whatever a resolver says (RFC 6761, section 6.3).
      const addresses = loopback.filter(({ address }) => vetAddress(address) === null)
      return addresses.length > 0 ? { addresses } : { refusal: refuse('local_name') }
    }
    const addresses = await answerOf(lookup(hostname), signal)
    return addresses.length > 0 ? vetAll(addresses) : { refusal: refuse('name_not_resolved') }
  }

  function vetAll(addresses: Address[]): { addresses: Address[] } | { refusal: Refusal } {
    for (const { address } of addresses) {
      const refusal = vetAddress(address)
      if (refusal !== null) return { refusal }
    }
    return { addresses }
  }

  async function vetUrl(url: string, signal?: AbortSignal): Promise<Refusal | null> {
    const parsed = URL.parse(url)
    if (parsed?.protocol !== 'https:') return refuse('not_https')
    if (isRefusedPort(parsed.port)) return refuse('refused_port')
    const answer = await resolve(parsed.hostname, signal)
    return 'refusal' in answer ? answer.refusal : null
  }

  return { vetAddress, resolve, vetUrl }
}

/** The refusal of a kind, in the user's words. */
export function refuse(kind: RefusalKind): Refusal {
  const code = kind === 'name_not_resolved' ? 'url_unresolved' : 'url_refused'
  return { code, kind, message: messages[kind] }
}

const messages: Record<RefusalKind, string> = {
  unspecified_address: 'The host leads to an unspecified address, which cannot be sent to.',
  private_address: 'The host leads to a private address, which cannot be sent to.',
  shared_address: 'The host leads to a carrier’s shared address, which cannot be sent to.',
  loopback_address: 'The host leads to a loopback address, which cannot be sent to.',
  link_local_address: 'The host leads to a link-local address, which cannot be sent to.',
  platform_address: 'The host leads to an address of a cloud platform itself, which cannot be sent to.',
  documentation_address: 'The host leads to an address reserved for documentation, which cannot be sent to.',
  benchmark_address: 'The host leads to an address reserved for benchmarks, which cannot be sent to.',
  relay_address: 'The host leads to an address of a network relay, which cannot be sent to.',
  multicast_address: 'The host leads to a multicast address, which cannot be sent to.',
  broadcast_address: 'The host leads to a broadcast address, which cannot be sent to.',
  reserved_address: 'The host leads to a reserved address, which cannot be sent to.',
  local_name: 'The host is a name of the machine itself, which cannot be sent to.',
  name_not_resolved: 'The host does not resolve to any address.',
  not_https: 'The URL must begin with https://.',
  refused_port: 'The port belongs to another service.',
}

const loopback: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

function isLocalName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return name === 'localhost' || name.endsWith('.localhost')
}

function isAllowed(ip: string, allowed: ReturnType<typeof ipaddr.parseCIDR>[]): boolean {
  const parsed = parseAddress(ip)
  if (parsed === null) return false
  // An IPv4-mapped address is the IPv4 one that it maps.
  const address =
    parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed
  return allowed.some((range) => address.kind() === range[0].kind() && address.match(range))
}

function lookUpInSystem(hostname: string): Promise<Address[]> {
  return systemLookup(hostname, { all: true, order: 'verbatim' })
}

/** Connections that open together share one lookup, because the system has only a few at a time. */
function shareLookups(lookup: Lookup): Lookup {
  const underWay = new Map<string, Promise<Address[]>>()
  return (hostname) => {
    const shared = underWay.get(hostname)
    if (shared) return shared
    const own = lookup(hostname).finally(() => underWay.delete(hostname))
    underWay.set(hostname, own)
    return own
  }
}

/** None where the lookup fails or takes longer than the signal allows: for the user that is the same. */
function answerOf(lookup: Promise<Address[]>, signal: AbortSignal | undefined): Promise<Address[]> {
  return new Promise((done) => {
    const giveUp = () => done([])
    signal?.addEventListener('abort', giveUp, { once: true })
    if (signal?.aborted) giveUp()
    lookup.then(done, giveUp).finally(() => signal?.removeEventListener('abort', giveUp))
  })
}
