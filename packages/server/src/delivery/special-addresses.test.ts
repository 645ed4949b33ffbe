import { describe, expect, test } from 'vitest'
import { specialAddressKind } from './special-addresses.ts'

/** The first and the last address of each range, and those just outside of it. */
const ipv4Edges: [kind: string, first: string, last: string, before: string, after: string][] = [
  ['unspecified_address', '0.0.0.0', '0.255.255.255', '', '1.0.0.0'],
  ['private_address', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['shared_address', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['loopback_address', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['platform_address', '168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
  ['link_local_address', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['private_address', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['reserved_address', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['documentation_address', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['reserved_address', '192.31.196.0', '192.31.196.255', '192.31.195.255', '192.31.197.0'],
  ['relay_address', '192.52.193.0', '192.52.193.255', '192.52.192.255', '192.52.194.0'],
  ['relay_address', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['private_address', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['reserved_address', '192.175.48.0', '192.175.48.255', '192.175.47.255', '192.175.49.0'],
  ['benchmark_address', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['documentation_address', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['documentation_address', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['multicast_address', '224.0.0.0', '239.255.255.255', '223.255.255.255', ''],
  ['reserved_address', '240.0.0.0', '255.255.255.254', '', ''],
  ['broadcast_address', '255.255.255.255', '255.255.255.255', '', ''],
]

describe.each(ipv4Edges)('%s from %s to %s', (kind, first, last, before, after) => {
  test('both ends are in it, their neighbours are public', () => {
    expect(specialAddressKind(first)).toBe(kind)
    expect(specialAddressKind(last)).toBe(kind)
    for (const neighbour of [before, after])
      if (neighbour !== '') expect(specialAddressKind(neighbour)).toBeNull()
  })

  test.each([
    ['mapped', (hex: string) => `::ffff:${hex}`],
    ['behind NAT64', (hex: string) => `64:ff9b::${hex}`],
    ['behind 6to4', (hex: string) => `2002:${hex}::1`],
    ['as the server of Teredo', (hex: string) => `2001:0:${hex}:0:0:f7f7:f7f7`],
    ['as the client of Teredo', (_hex: string, inverted: string) => `2001:0:808:808:0:0:${inverted}`],
  ])('they are the same when wrapped in IPv6, %s', (_how, wrap) => {
    const wrapped = (ip: string) => specialAddressKind(wrap(groups(ip, 0), groups(ip, 0xff)))
    expect(wrapped(first)).toBe(kind)
    expect(wrapped(last)).toBe(kind)
    for (const neighbour of [before, after]) if (neighbour !== '') expect(wrapped(neighbour)).toBeNull()
  })
})

test.each([
  ['::', 'unspecified_address'],
  ['::1', 'loopback_address'],
  ['::2', 'reserved_address'],
  ['::127.0.0.1', 'reserved_address'],
  ['::8.8.8.8', 'reserved_address'],
  ['::ffff:0:127.0.0.1', 'reserved_address'],
  ['fe80::1', 'link_local_address'],
  ['fe80::1%eth0', 'link_local_address'],
  ['febf:ffff::1', 'link_local_address'],
  ['fec0::1', 'private_address'],
  ['fc00::', 'private_address'],
  ['fd00:ec2::254', 'private_address'],
  ['ff02::1', 'multicast_address'],
  ['100::1', 'reserved_address'],
  ['5f00::1', 'reserved_address'],
  ['64:ff9b:1::8.8.8.8', 'relay_address'],
  ['1fff:ffff::1', 'reserved_address'],
  ['4000::', 'reserved_address'],
  ['2001:2::1', 'benchmark_address'],
  ['2001:10::1', 'reserved_address'],
  ['2001:20::1', 'reserved_address'],
  ['2001:1ff:ffff::1', 'reserved_address'],
  ['2001:db8::1', 'documentation_address'],
  ['3fff:fff:ffff::1', 'documentation_address'],
  ['2620:4f:8000::1', 'reserved_address'],
  ['3ffe::1', 'reserved_address'],
])('%s is not public unicast: %s', (ip, kind) => {
  expect(specialAddressKind(ip)).toBe(kind)
})

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '3ffd:ffff::1',
])('%s is public unicast', (ip) => {
  expect(specialAddressKind(ip)).toBeNull()
})

test.each(['', 'example.com', '1.2.3.4.5', '999.1.1.1', '0x7f.1', ':::', '[::1]'])(
  'what is no address is refused: %j',
  (text) => {
    expect(specialAddressKind(text)).toBe('reserved_address')
  },
)

function groups(ip: string, mask: number): string {
  const [a, b, c, d] = ip.split('.').map((byte) => Number(byte) ^ mask)
  return `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`
}
