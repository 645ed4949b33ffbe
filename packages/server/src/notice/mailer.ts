import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import { trustedCertificates } from '../delivery/connect.ts'
import type { MailText } from './mail-text.ts'
import type { Sent } from './messenger.ts'

/** Sends e-mail by the operator's mail server. */
export type Mailer = {
  /**
   * Sends one mail to one address; never rejects.
   *
   * @param id names the mail: the same in every attempt, so that who gets it twice can tell
   */
  send(mail: MailText & { to: string; id: string }): Promise<Sent>
}

/**
 * Makes a mailer. Credentials in the URL are sent over TLS only: with `smtp://` the server must offer STARTTLS then.
 *
 * @param options.smtpUrl `smtp://` or `smtps://`, as `config.ts` has checked it
 * @param options.extraCa PEM certificates beside the default roots
 * @param options.timeoutMs for all of one mail
 */
export function createMailer(options: {
  smtpUrl: string
  from: { name: string; address: string }
  extraCa: string | undefined
  timeoutMs: number
  log: Logger
}): Mailer {
  const { from, timeoutMs, log } = options
  const { protocol, hostname, port, username, password } = new URL(options.smtpUrl)
  const isSecure = protocol === 'smtps:'
  const transport = nodemailer.createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port: Number(port) }),
    secure: isSecure,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      requireTLS: !isSecure,
    }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...trustedCertificates(options.extraCa) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing that a text says is to be read from elsewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.address.slice(from.address.indexOf('@') + 1)

  return {
    async send({ to, id, subject, text }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          // RFC 3834, section 5: nobody's holiday answers it.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeoutMs),
        })
        return { outcome: 'succeeded' }
      } catch (error) {
        const { code = '', responseCode, message } = error as MailError
        // The operator's server is the operator's to mend. What it answers may name who the mail is for.
        const reason = responseCode === undefined ? message : undefined
        log.warn({ noticeId: id, code, responseCode, reason }, 'mail not sent')
        return { outcome: 'failed', error: describe(code, responseCode) }
      }
    },
  }
}

type MailError = { code?: string; responseCode?: number; message: string }

/** For a profile's admin: neither the server nor what it said is theirs to know. */
function describe(code: string, responseCode: number | undefined): string {
  const answered = responseCode === undefined ? '' : ` (${responseCode})`
  return `${messages[code] ?? 'The mail server did not take the mail'}${answered}.`
}

const messages: Readonly<Record<string, string>> = {
  ECONNECTION: 'The mail server could not be connected to',
  ESOCKET: 'The mail server could not be connected to',
  EDNS: 'The mail server could not be connected to',
  ETIMEDOUT: 'The mail server did not answer in time',
  EABORT: 'The mail server did not answer in time',
  ETLS: 'TLS could not be agreed on with the mail server',
  EAUTH: 'The mail server refused the service’s credentials',
  ENOAUTH: 'The mail server refused the service’s credentials',
  EENVELOPE: 'The mail server refused the address',
}
