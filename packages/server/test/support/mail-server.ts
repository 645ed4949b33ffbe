import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Certificate } from '@workflow-webhooks/testkit'
import { waitFor } from '@workflow-webhooks/testkit'
import { SMTPServer } from 'smtp-server'

/** A mail as it came in. */
export type ReceivedMail = { from: string; to: string[]; isEncrypted: boolean; user: string; raw: string }

/** A real mail server on loopback; it lets `ada` in with `correct horse`. */
export type MailServer = {
  /** What the service is told: with the credentials. */
  url: string
  mails: ReceivedMail[]
  /** How often somebody tried to be let in. */
  readonly tries: number
  /** It refuses these addresses. */
  refused: Set<string>
  waitForMails(count: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a mail server; `isPlain`: one that speaks no TLS, and takes credentials all the same. */
export async function startMailServer(
  certificate: Certificate,
  { isPlain = false } = {},
): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const refused = new Set<string>()
  let tries = 0
  const server = new SMTPServer({
    disabledCommands: isPlain ? ['STARTTLS'] : [],
    allowInsecureAuth: isPlain,
    key: certificate.keyPem,
    cert: certificate.certPem,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      tries++
      if (username === 'ada' && password === 'correct horse') done(null, { user: username })
      else done(new Error('no'))
    },
    onRcptTo({ address }, _session, done) {
      if (refused.has(address)) done(Object.assign(new Error('no such user'), { responseCode: 550 }))
      else done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isEncrypted: session.secure,
          user: String(session.user),
          raw: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  // A client that gives up is part of some tests.
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    url: `smtp://ada:correct%20horse@127.0.0.1:${port}`,
    mails,
    get tries() {
      return tries
    },
    refused,
    waitForMails: (count) =>
      waitFor(() => mails.length >= count, { timeoutMs: 30_000, message: `${count} mails` }),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
