import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorCode, PROBLEM_MEDIA_TYPE } from '@workflow-webhooks/contract'
import { AppError } from '../base/errors.ts'
import { toFailure } from './problem.ts'
import { responseOn } from './response-on.ts'

/**
 * Answers what Node's HTTP parser could not make a request of, on the socket itself, and closes that. Where an answer
 * is on its way already, or nobody is there to read one, it only closes.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || responseOn(socket)?.headersSent) {
    socket.destroy()
    return
  }
  const [code, detail] = causes[error.code ?? ''] ?? ['bad_request', 'This is not a valid HTTP request.']
  socket.end(rawProblem(code, detail))
  // Who does not stop sending is not listened to for long.
  socket.setTimeout(CLOSE_MS, () => socket.destroy())
}

/** An `Expect` that nobody knows: Node itself would answer it without a body. */
export function answerUnknownExpectations(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const detail = 'Of the header `Expect`, only `100-continue` is known here.'
    response.socket?.end(rawProblem('bad_request', detail))
  })
}

const CLOSE_MS = 1_000

const causes: Readonly<Record<string, [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The headers are larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['bad_request', 'The request did not arrive in time.'],
}

function rawProblem(code: ErrorCode, detail: string): string {
  const { problem } = toFailure(new AppError(code, detail))
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
