import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { createServer, type TLSSocket, type TlsOptions, connect as tlsConnect } from 'node:tls'
import { type CertificateRequest, createCertificateAuthority } from '@workflow-webhooks/testkit'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { createEgressGuard, type Lookup } from '../src/delivery/egress-guard.ts'
import { createSender, type Sender, type SenderOptions } from '../src/delivery/send.ts'

const authority = createCertificateAuthority()
const headers = ['content-type', 'application/json']
const body = Buffer.from('{}')
const ok = 'HTTP/1.1 204 No Content\r\n\r\n'
const lastAnswer = 'HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'
let sender: Sender | undefined

afterEach(() => {
  sender?.destroy()
  sender = undefined
})

function open(options: Partial<SenderOptions> & { lookup?: Lookup; allow?: string[] } = {}): Sender {
  const lookup: Lookup = options.lookup ?? (async () => [{ address: '127.0.0.1', family: 4 }])
  const guard = createEgressGuard({ allow: options.allow ?? ['127.0.0.0/8'], lookup })
  sender = createSender({ guard, extraCa: authority.caPem, ...options })
  return sender
}

type Listening = { port: number; sockets: TLSSocket[]; resumptions: boolean[] }

async function listen(
  request: CertificateRequest = { dnsNames: ['hooks.example'] },
  options: TlsOptions & { host?: string; port?: number; answer?: string; issuer?: typeof authority } = {},
): Promise<Listening> {
  const { keyPem, certPem } = await (options.issuer ?? authority).issue(request)
  const sockets: TLSSocket[] = []
  const resumptions: boolean[] = []
  const server = createServer({ key: keyPem, cert: certPem, ...options }, (socket) => {
    sockets.push(socket)
    resumptions.push(socket.isSessionReused())
    socket.on('error', () => {})
    socket.on('data', (chunk) => chunk.toString().endsWith('{}') && socket.write(options.answer ?? ok))
  })
  await once(server.listen(options.port ?? 0, options.host ?? '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, sockets, resumptions }
}

function post({ send }: Sender, port: number, hostname = 'hooks.example', timeoutMs = 5_000) {
  return send({ url: `https://${hostname}:${port}/`, headers, body, timeoutMs })
}

describe('a certificate', () => {
  test('of an authority in the extra ones, for the right name, is accepted', async () => {
    const { port } = await listen()
    const result = await post(open(), port)
    expect(result).toMatchObject({ outcome: 'succeeded', tls: { protocol: 'TLSv1.3' } })
  })

  test('is accepted beside other extra ones in the same text', async () => {
    const { port } = await listen()
    const extraCa = `# ours\n${createCertificateAuthority().caPem}\n${authority.caPem}`
    expect((await post(open({ extraCa }), port)).outcome).toBe('succeeded')
  })

  const refused: [what: string, request: CertificateRequest, message: RegExp][] = [
    ['for another host', { dnsNames: ['other.example'] }, /another host name/],
    ['for a name above', { dnsNames: ['example'] }, /another host name/],
    ['for the address behind the name', { ipAddresses: ['127.0.0.1'] }, /another host name/],
    ['that has expired', { dnsNames: ['hooks.example'], notAfter: new Date(Date.now() - 60_000) }, /expired/],
    [
      'that is not valid yet',
      { dnsNames: ['hooks.example'], notBefore: new Date(Date.now() + 600_000) },
      /not valid yet/,
    ],
  ]
  test.each(refused)('%s is refused', async (_what, request, message) => {
    const { port, sockets } = await listen(request)
    const result = await post(open(), port)
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'tls_failed' } })
    expect(result.error!.message).toMatch(message)
    for (const socket of sockets) expect(socket.bytesRead).toBe(0)
  })

  test('of an authority that nobody trusts is refused', async () => {
    const { port } = await listen({ dnsNames: ['hooks.example'] }, { issuer: createCertificateAuthority() })
    expect(await post(open(), port)).toMatchObject({ outcome: 'failed', error: { code: 'tls_failed' } })
  })

  test('is refused without its authority, even where the environment turns verification off', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    onTestFinished(() => void delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
    const { port } = await listen()
    expect(await post(open({ extraCa: undefined }), port)).toMatchObject({
      outcome: 'failed',
      error: { code: 'tls_failed' },
    })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that was refused once is refused again: its session is not resumed (%s)',
    async (maxVersion) => {
      const { port } = await listen({ dnsNames: ['other.example'] }, { maxVersion })
      const sender = open()
      for (let index = 0; index < 3; index++)
        expect(await post(sender, port)).toMatchObject({ error: { code: 'tls_failed' } })
    },
  )

  test('of an address is checked against the address', async () => {
    const { port, sockets } = await listen({ ipAddresses: ['127.0.0.1'] })
    expect((await post(open(), port, '127.0.0.1')).outcome).toBe('succeeded')
    expect(sockets[0]!.servername).toBe(false)
    const other = await listen({ ipAddresses: ['127.0.0.2'] })
    expect(await post(open(), other.port, '127.0.0.1')).toMatchObject({ error: { code: 'tls_failed' } })
  })

  test('an extra one that is none is an error at the start', () => {
    expect(() => open({ extraCa: 'nonsense' })).toThrow()
    expect(() =>
      open({ extraCa: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----' }),
    ).toThrow()
  })
})

describe('TLS', () => {
  test('names the host to the receiver and offers HTTP/1.1 only', async () => {
    const { port, sockets } = await listen(undefined, { ALPNProtocols: ['h2', 'http/1.1'] })
    await post(open(), port, 'HOOKS.example.')
    expect(sockets[0]).toMatchObject({ servername: 'hooks.example', alpnProtocol: 'http/1.1' })
  })

  test('older than 1.2 is refused', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const { port } = await listen(undefined, old)
    // Somebody less strict gets through, so it is the version that matters.
    const socket = tlsConnect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...old })
    await once(socket, 'secureConnect')
    expect(socket.getProtocol()).toBe('TLSv1.1')
    socket.destroy()
    const result = await post(open(), port)
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'tls_failed' } })
    expect(result.error!.message).toContain('TLS 1.2')
  })

  test('1.2 is accepted', async () => {
    const { port } = await listen(undefined, { maxVersion: 'TLSv1.2' })
    expect(await post(open(), port)).toMatchObject({ outcome: 'succeeded', tls: { protocol: 'TLSv1.2' } })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is resumed by the next connection (%s)', async (maxVersion) => {
    const { port, resumptions } = await listen(undefined, { maxVersion, answer: lastAnswer })
    const sender = open()
    await post(sender, port)
    expect(await post(sender, port)).toMatchObject({
      outcome: 'succeeded',
      tls: { issuer: expect.any(String) },
    })
    expect(resumptions).toEqual([false, true])
  })

  test.each([
    ['answers in plain text', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'tls_failed'],
    ['hangs up', null, 'tls_failed'],
  ])('with a receiver that %s fails', async (_what, answer, code) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => (answer === null ? socket.destroy() : socket.end(answer)))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const result = await post(open(), (server.address() as AddressInfo).port)
    expect(result).toMatchObject({ outcome: 'failed', error: { code } })
  })

  test('with a receiver that says nothing ends with the deadline, and the connection with it', async () => {
    const server = createTcpServer()
    const accepted = once(server, 'connection')
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const result = await post(open(), (server.address() as AddressInfo).port, 'hooks.example', 200)
    expect(result).toMatchObject({
      outcome: 'failed',
      error: { code: 'timeout' },
      remoteAddress: '127.0.0.1',
    })
    expect(result.error!.message).toContain('TLS handshake')
    const [socket] = await accepted
    socket.resume()
    await once(socket, 'close')
  })
})

describe('the guard, at every connection', () => {
  test('a name that leads to a public address once and to a private one later is refused later', async () => {
    const { port, sockets } = await listen(undefined, { answer: lastAnswer })
    const answers = ['127.0.0.1', '10.0.0.7', '127.0.0.1']
    const lookup: Lookup = async () => [{ address: answers.shift()!, family: 4 }]
    const sender = open({ lookup, allow: ['127.0.0.1/32'] })
    expect((await post(sender, port)).outcome).toBe('succeeded')
    const refused = await post(sender, port)
    expect(refused).toMatchObject({ outcome: 'failed', error: { code: 'egress_refused' } })
    expect(JSON.stringify(refused)).not.toContain('10.0.0.7')
    expect((await post(sender, port)).outcome).toBe('succeeded')
    expect(sockets).toHaveLength(2)
  })

  test('a name is looked up once per connection, and never by anybody else', async () => {
    const { port } = await listen()
    const looked: string[] = []
    const sender = open({
      lookup: async (hostname) => {
        looked.push(hostname)
        return [{ address: '127.0.0.1', family: 4 }]
      },
    })
    await post(sender, port)
    await post(sender, port)
    expect(looked).toEqual(['hooks.example'])
  })

  test('one private address among others refuses all of them', async () => {
    const { port, sockets } = await listen()
    const lookup: Lookup = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ]
    expect(await post(open({ lookup }), port)).toMatchObject({ error: { code: 'egress_refused' } })
    expect(sockets).toHaveLength(0)
  })

  test.each(['127.0.0.1', '[::1]', 'localhost', '0x7f.1'])(
    '%s is refused where nothing is allowed',
    async (hostname) => {
      const { port, sockets } = await listen({})
      expect(await post(open({ allow: [] }), port, hostname)).toMatchObject({
        outcome: 'failed',
        error: { code: 'egress_refused' },
      })
      expect(sockets).toHaveLength(0)
    },
  )

  test('a name that does not resolve is a failed attempt', async () => {
    const lookup: Lookup = async () => Promise.reject(new Error('ENOTFOUND'))
    expect(await post(open({ lookup }), 443)).toMatchObject({
      outcome: 'failed',
      error: { code: 'dns_failed' },
    })
  })
})

describe('addresses', () => {
  const both: Lookup = async () => [
    { address: '127.0.0.2', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]

  test('are tried in their order', async () => {
    const { port, sockets } = await listen(undefined, { host: '0.0.0.0' })
    expect(await post(open({ lookup: both }), port)).toMatchObject({ remoteAddress: '127.0.0.2' })
    expect(sockets).toHaveLength(1)
  })

  test('that refuse leave the next one to be tried', async () => {
    const { port } = await listen()
    expect(await post(open({ lookup: both }), port)).toMatchObject({
      outcome: 'succeeded',
      remoteAddress: '127.0.0.1',
    })
  })

  test('are not tried on after one whose certificate is refused', async () => {
    const { port, sockets } = await listen()
    await listen({ dnsNames: ['other.example'] }, { host: '127.0.0.2', port })
    expect(await post(open({ lookup: both }), port)).toMatchObject({
      error: { code: 'tls_failed' },
      remoteAddress: '127.0.0.2',
    })
    expect(sockets).toHaveLength(0)
  })

  test('that all refuse make the attempt fail', async () => {
    const server = createTcpServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    const result = await post(open({ lookup: both }), port)
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'connect_failed' } })
    expect(JSON.stringify(result.error)).not.toContain('127.0.0')
  })
})
