import type { Opening } from './connect.ts'
import type { Refusal } from './egress-guard.ts'
import type { SendError } from './send-result.ts'

type Failure = { name?: string; code?: string | undefined; message?: string }

/** What the guard refused. */
export function egressError({ code, message }: Refusal): SendError {
  return { code: code === 'url_unresolved' ? 'dns_failed' : 'egress_refused', message }
}

/** What kept the TCP connection from being made. */
export function connectError({ code }: Failure): SendError {
  return {
    code: 'connect_failed',
    message: connectMessages[code ?? ''] ?? 'The host could not be connected to.',
  }
}

/** What kept the TLS connection from being made on a TCP connection that was. */
export function tlsError({ code = '' }: Failure): SendError {
  const message =
    tlsMessages[code] ??
    (code.startsWith('ERR_SSL_')
      ? `TLS could not be agreed on (${code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ')}).`
      : 'The receiver’s certificate could not be verified.')
  return { code: 'tls_failed', message }
}

/** What broke off a request before a status came. `isReused`: the connection had served a request before. */
export function exchangeError({ name, code = '', message = '' }: Failure, isReused: boolean): SendError {
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { code: 'response_headers_too_large', message: 'The response’s headers were larger than 16 KiB.' }
  if (code === 'UND_ERR_INVALID_ARG')
    return { code: 'invalid_request', message: 'The request could not be written as HTTP.' }
  if (name === 'HTTPParserError' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return { code: 'invalid_response', message: 'The response was not valid HTTP/1.1.' }
  if (message === 'bad upgrade')
    return { code: 'invalid_response', message: 'The receiver wanted to change to another protocol.' }
  if (message === 'bad response')
    return { code: 'invalid_response', message: 'The receiver sent a response out of turn.' }
  return {
    code: 'connection_reset',
    message: isReused
      ? 'The receiver closed the connection, which it had kept open since an earlier request, before it answered.'
      : 'The receiver closed the connection before it answered.',
  }
}

/** That the time limit passed, and on what. */
export function timeoutError(timeoutMs: number, stage: Opening['stage']): SendError {
  return { code: 'timeout', message: `No response within ${seconds(timeoutMs)}: ${stages[stage]}.` }
}

/** That the service ended first. */
export const stoppedError: SendError = {
  code: 'stopped',
  message: 'The service was stopped before a response came.',
}

const connectMessages: Record<string, string> = {
  ECONNREFUSED: 'The host refused the connection.',
  ECONNRESET: 'The host broke off the connection.',
  ETIMEDOUT: 'The host did not answer.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The host’s network cannot be reached.',
}

const tlsMessages: Record<string, string> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'The receiver’s certificate is for another host name.',
  CERT_HAS_EXPIRED: 'The receiver’s certificate has expired.',
  CERT_NOT_YET_VALID: 'The receiver’s certificate is not valid yet.',
  CERT_REVOKED: 'The receiver’s certificate is revoked.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The receiver’s certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The receiver’s certificate comes from an authority that is not trusted.',
  UNABLE_TO_GET_ISSUER_CERT: 'The receiver’s certificate comes from an authority that is not trusted.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The receiver’s certificate comes from an authority that is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The receiver does not send all certificates up to a trusted authority.',
  ECONNRESET: 'The receiver broke off the TLS handshake.',
  EPIPE: 'The receiver broke off the TLS handshake.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The receiver did not answer with TLS.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'The receiver did not answer with TLS.',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'The receiver does not offer TLS 1.2 or newer.',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'The receiver does not offer TLS 1.2 or newer.',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'The receiver does not offer HTTP/1.1.',
}

const stages: Record<Opening['stage'], string> = {
  resolving: 'the host’s name was still being resolved',
  connecting: 'the connection was not yet made',
  securing: 'the TLS handshake was not yet done',
  open: 'the request was sent, and no complete response headers came',
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}
