import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What an address is that is not public unicast. */
export type SpecialAddressKind =
  | 'unspecified_address'
  | 'private_address'
  | 'shared_address'
  | 'loopback_address'
  | 'link_local_address'
  | 'platform_address'
  | 'documentation_address'
  | 'benchmark_address'
  | 'relay_address'
  | 'multicast_address'
  | 'broadcast_address'
  | 'reserved_address'

/**
 * What kind of special address `ip` is, or `null` if it is public unicast. An IPv6 address that wraps an IPv4 one is
 * what it wraps. What cannot be parsed is reserved. After the special-purpose registries of IANA (RFC 6890), but
 * stricter: anycast services of the network itself (AS112, AMT, 6to4 relays) are no receivers either.
 */
export function specialAddressKind(ip: string): SpecialAddressKind | null {
  const address = parseAddress(ip)
  if (address === null) return 'reserved_address'
  return address instanceof ipaddr.IPv4 ? ipv4Kind(address) : ipv6Kind(address)
}

/**
 * An address as the system reads it, or `null`. Ipaddr.js itself takes `::8.8.8.8` for `::ffff:8.8.8.8`, which is not
 * where a connection would go; so it is given what a URL makes of it, where nothing is dotted.
 */
export function parseAddress(ip: string): IPv4 | IPv6 | null {
  if (isIPv4(ip)) return ipaddr.IPv4.parse(ip)
  if (!isIPv6(ip)) return null
  const [withoutZone] = ip.split('%')
  const url = URL.parse(`https://[${withoutZone}]`)
  return url && ipaddr.IPv6.parse(url.hostname.slice(1, -1))
}

function ipv4Kind(address: IPv4): SpecialAddressKind | null {
  return ipv4Ranges.find(({ range }) => address.match(range))?.kind ?? null
}

function ipv6Kind(address: IPv6): SpecialAddressKind | null {
  const wrapped = wrappedIpv4(address)
  if (wrapped !== null) return wrapped.map(ipv4Kind).find((kind) => kind !== null) ?? null
  const special = ipv6Ranges.find(({ range }) => address.match(range))
  if (special) return special.kind
  return address.match(globalUnicast) ? null : 'reserved_address'
}

/** The IPv4 addresses that a packet to `address` may end up at, or `null` where it wraps none. */
function wrappedIpv4(address: IPv6): IPv4[] | null {
  const bytes = address.toByteArray()
  const ipv4At = (index: number, mask = 0) =>
    new ipaddr.IPv4(bytes.slice(index, index + 4).map((byte) => byte ^ mask))
  if (address.match(mapped) || address.match(nat64)) return [ipv4At(12)]
  if (address.match(sixToFour)) return [ipv4At(2)]
  // The Teredo server, and the client behind it, whose bits are inverted (RFC 4380, section 4).
  if (address.match(teredo)) return [ipv4At(4), ipv4At(12, 0xff)]
  return null
}

type IPv4 = ipaddr.IPv4
type IPv6 = ipaddr.IPv6

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const mapped = ipaddr.IPv6.parseCIDR('::ffff:0:0/96')
/** Where DNS64 is in use, every IPv4 receiver is reached by this prefix (RFC 6052). */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const sixToFour = ipaddr.IPv6.parseCIDR('2002::/16')
const teredo = ipaddr.IPv6.parseCIDR('2001::/32')

const ipv4Ranges = rows((cidr) => ipaddr.IPv4.parseCIDR(cidr), {
  unspecified_address: ['0.0.0.0/8'],
  private_address: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  shared_address: ['100.64.0.0/10'],
  loopback_address: ['127.0.0.0/8'],
  link_local_address: ['169.254.0.0/16'],
  // Azure's host, which answers every virtual machine there.
  platform_address: ['168.63.129.16/32'],
  documentation_address: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  benchmark_address: ['198.18.0.0/15'],
  // 6to4 relays and AMT.
  relay_address: ['192.88.99.0/24', '192.52.193.0/24'],
  multicast_address: ['224.0.0.0/4'],
  broadcast_address: ['255.255.255.255/32'],
  // Protocol assignments, AS112, class E.
  reserved_address: ['192.0.0.0/24', '192.31.196.0/24', '192.175.48.0/24', '240.0.0.0/4'],
})

/** Those outside of 2000::/3 are refused anyway; they stand here for their names. */
const ipv6Ranges = rows((cidr) => ipaddr.IPv6.parseCIDR(cidr), {
  unspecified_address: ['::/128'],
  loopback_address: ['::1/128'],
  // Unique local, and the site-local ones before them.
  private_address: ['fc00::/7', 'fec0::/10'],
  link_local_address: ['fe80::/10'],
  multicast_address: ['ff00::/8'],
  documentation_address: ['2001:db8::/32', '3fff::/20'],
  benchmark_address: ['2001:2::/48'],
  // NAT64 of a network's own (RFC 8215) says nothing of where its IPv4 address stands.
  relay_address: ['64:ff9b:1::/48'],
  // Protocol assignments, AS112, the deprecated test network 6bone.
  reserved_address: ['2001::/23', '2620:4f:8000::/48', '3ffe::/16'],
})

function rows<Address>(
  parse: (cidr: string) => [Address, number],
  ranges: Partial<Record<SpecialAddressKind, string[]>>,
): { range: [Address, number]; kind: SpecialAddressKind }[] {
  return Object.entries(ranges).flatMap(([kind, cidrs]) =>
    cidrs.map((cidr) => ({ range: parse(cidr), kind: kind as SpecialAddressKind })),
  )
}
