import { describe, expect, test } from 'vitest'
import { type Address, createEgressGuard, type Lookup } from './egress-guard.ts'

const publicAddress = { address: '93.184.215.14', family: 4 }

function answering(...addresses: string[]): Lookup {
  return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}

function guardWith(lookup: Lookup, allow: string[] = []) {
  return createEgressGuard({ allow, lookup })
}

describe('names', () => {
  test('a name with public addresses gives them in the resolver’s order', async () => {
    const guard = guardWith(answering('2606:4700::1', '93.184.215.14'))
    expect(await guard.resolve('example.com')).toEqual({
      addresses: [{ address: '2606:4700::1', family: 6 }, publicAddress],
    })
  })

  test('one address that is not public refuses the name, wherever in the answer it stands', async () => {
    for (const addresses of [
      ['93.184.215.14', '10.0.0.7'],
      ['10.0.0.7', '93.184.215.14'],
    ]) {
      const guard = guardWith(answering(...addresses))
      expect(await guard.resolve('example.com')).toMatchObject({
        refusal: { code: 'url_refused', kind: 'private_address' },
      })
    }
  })

  test('a refusal never shows the address that a name leads to', async () => {
    for (const address of ['10.1.2.3', '127.0.0.1', '169.254.169.254', 'fd00::7', '::ffff:10.1.2.3']) {
      const refusal = await guardWith(answering(address)).vetUrl('https://internal.example/')
      expect(JSON.stringify(refusal)).not.toMatch(/\d+\.\d+|fd00|internal\.example/)
    }
  })

  test.each([
    ['no such name', async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))],
    ['no addresses', async () => []],
  ])('%s is unresolved, not an error', async (_what, lookup) => {
    const guard = guardWith(lookup)
    expect(await guard.vetUrl('https://nowhere.example/')).toMatchObject({
      code: 'url_unresolved',
      kind: 'name_not_resolved',
    })
  })

  test('a resolver that does not answer is given up when the signal says so', async () => {
    const guard = guardWith(() => new Promise(() => {}))
    const controller = new AbortController()
    const answer = guard.resolve('slow.example', controller.signal)
    controller.abort()
    expect(await answer).toMatchObject({ refusal: { code: 'url_unresolved' } })
    expect(await guard.resolve('slow.example', controller.signal)).toMatchObject({
      refusal: { code: 'url_unresolved' },
    })
  })

  test('lookups of one name at once are shared; a later one is made anew', async () => {
    const answers: ((addresses: Address[]) => void)[] = []
    const guard = guardWith(() => new Promise((resolve) => answers.push(resolve)))
    const both = [guard.resolve('example.com'), guard.resolve('example.com')]
    expect(answers).toHaveLength(1)
    answers[0]!([publicAddress])
    expect(await Promise.all(both)).toEqual([{ addresses: [publicAddress] }, { addresses: [publicAddress] }])
    void guard.resolve('example.com')
    expect(answers).toHaveLength(2)
  })
})

describe('IP literals in every spelling that a URL allows', () => {
  const guard = guardWith(() => Promise.reject(new Error('a literal must not be looked up')))
  test.each([
    ['https://127.0.0.1/', 'loopback_address'],
    ['https://127.1/', 'loopback_address'],
    ['https://0x7f.1/', 'loopback_address'],
    ['https://0x7f000001/', 'loopback_address'],
    ['https://2130706433/', 'loopback_address'],
    ['https://017700000001/', 'loopback_address'],
    ['https://127.0.0.1./', 'loopback_address'],
    ['https://%31%32%37.0.0.1/', 'loopback_address'],
    ['https://１２７.0.0.1/', 'loopback_address'],
    ['https://127。0。0。1/', 'loopback_address'],
    ['https://0/', 'unspecified_address'],
    ['https://[::1]/', 'loopback_address'],
    ['https://[::]/', 'unspecified_address'],
    ['https://[::ffff:127.0.0.1]/', 'loopback_address'],
    ['https://[::ffff:7f00:1]/', 'loopback_address'],
    ['https://[64:ff9b::10.0.0.1]/', 'private_address'],
    ['https://[2002:a00:1::]/', 'private_address'],
    ['https://[fe80::1]:8443/', 'link_local_address'],
    ['https://169.254.169.254/latest/meta-data', 'link_local_address'],
    ['https://168.63.129.16/', 'platform_address'],
  ])('%s is refused as %s', async (url, kind) => {
    expect(await guard.vetUrl(url)).toMatchObject({ code: 'url_refused', kind })
  })

  test.each(['https://8.8.8.8/', 'https://[2606:4700::1111]/', 'https://134744072/'])(
    '%s is let through',
    async (url) => {
      expect(await guard.vetUrl(url)).toBeNull()
    },
  )
})

describe('EGRESS_ALLOW', () => {
  test('lets through the addresses that it covers, and no others', async () => {
    const guard = guardWith(answering('10.0.0.7'), ['10.0.0.0/24', 'fd00::/8'])
    expect(await guard.vetUrl('https://internal.example/')).toBeNull()
    expect(guard.vetAddress('10.0.0.255')).toBeNull()
    expect(guard.vetAddress('::ffff:10.0.0.7')).toBeNull()
    expect(guard.vetAddress('fd12::1')).toBeNull()
    expect(guard.vetAddress('10.0.1.0')).toMatchObject({ kind: 'private_address' })
    expect(guard.vetAddress('fe80::1')).toMatchObject({ kind: 'link_local_address' })
  })

  test('does not make up for another address that is not covered', async () => {
    const guard = guardWith(answering('127.0.0.1', '10.0.0.7'), ['127.0.0.0/8'])
    expect(await guard.vetUrl('https://internal.example/')).toMatchObject({ kind: 'private_address' })
  })

  test.each(['10.0.0.0', '10.0.0.0/33', 'localhost/8', ''])(
    '%j is no CIDR: an error at the start',
    (cidr) => {
      expect(() => createEgressGuard({ allow: [cidr] })).toThrow()
    },
  )
})

describe('localhost and the names under it', () => {
  const names = ['localhost', 'localhost.', 'LOCALHOST', 'api.localhost', 'a.b.localhost.']

  test.each(names)('%s is refused, whatever a resolver says', async (name) => {
    const guard = guardWith(answering('93.184.215.14'))
    expect(await guard.vetUrl(`https://${name}/`)).toMatchObject({ code: 'url_refused', kind: 'local_name' })
  })

  test.each(names)('%s leads to the loopback addresses that EGRESS_ALLOW covers', async (name) => {
    const guard = guardWith(() => Promise.reject(new Error('must not be looked up')), ['127.0.0.0/8'])
    expect(await guard.resolve(name)).toEqual({ addresses: [{ address: '127.0.0.1', family: 4 }] })
  })

  test('a name that only ends alike is a name like others', async () => {
    const guard = guardWith(answering('93.184.215.14'))
    expect(await guard.vetUrl('https://notlocalhost/')).toBeNull()
    expect(await guard.vetUrl('https://localhost.example/')).toBeNull()
  })
})

test.each([
  ['http://example.com/', 'not_https'],
  ['ftp://example.com/', 'not_https'],
  ['nonsense', 'not_https'],
  ['https://example.com:25/', 'refused_port'],
])('%s is refused before any lookup: %s', async (url, kind) => {
  const guard = guardWith(() => Promise.reject(new Error('must not be looked up')))
  expect(await guard.vetUrl(url)).toMatchObject({ code: 'url_refused', kind })
})
