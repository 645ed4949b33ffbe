import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { secretSchema } from '@workflow-webhooks/contract'
import type { Context } from '../context.ts'
import { CommandError, UsageError } from '../exit.ts'
import type { Output } from '../terminal/output.ts'
import { toOneLine } from '../terminal/words.ts'
import { type Answered, describeReceived, toRecord } from './describe.ts'
import { type Examined, examine } from './examine.ts'
import { type Answer, forward } from './forward.ts'
import { findOwnCertificate } from './own-certificate.ts'
import { createLedger } from './seen.ts'

export type ListenOptions = {
  port: number
  secrets: readonly string[]
  forward?: URL | undefined
  /** HTTPS with a certificate of its own. */
  tls?: boolean | undefined
  tlsCert?: string | undefined
  tlsKey?: string | undefined
}

const HOST = '127.0.0.1'
/** More than any delivery has. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** Receives deliveries and prints them until the user ends it. */
export async function listen(
  { env, signal }: Pick<Context, 'env' | 'signal'>,
  output: Output,
  options: ListenOptions,
): Promise<void> {
  checkSecrets(options.secrets)
  const tls = await findTls(env, options)
  const ledger = createLedger()
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response, options, output, ledger).catch((error: unknown) => {
      output.note(`A request could not be handled: ${(error as Error).message}`)
      response.destroy()
    })
  }
  const server = tls
    ? createHttpsServer({ cert: tls.certPem, key: tls.keyPem }, receive)
    : createHttpServer(receive)
  server.listen(options.port, HOST)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const remedy = error.code === 'EADDRINUSE' ? 'it is in use: choose another with --port' : error.message
    throw new CommandError(`Cannot listen on port ${options.port}: ${remedy}.`, { cause: error })
  })
  const url = `${tls ? 'https' : 'http'}://${HOST}:${(server.address() as AddressInfo).port}`
  const caFile = tls?.certFile ?? null
  const target = options.forward?.href ?? null
  output.tell(
    { type: 'listening', url, caFile, forward: target },
    describeStart(url, caFile, options, output.style),
  )

  if (!signal.aborted) await once(signal, 'abort')
  server.close()
  server.closeAllConnections()
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenOptions,
  output: Output,
  ledger: ReturnType<typeof createLedger>,
): Promise<void> {
  const at = new Date()
  const body = await readBody(request)
  const { method = '', url: path = '/', headers, rawHeaders } = request
  if (body === null) {
    output.note(`A request to ${toOneLine(path)} has more than ${MAX_BODY_BYTES} bytes: answered 413.`)
    response.writeHead(413, { connection: 'close' }).end()
    return
  }
  const examined = await examine({ method, path, headers, body }, { secrets: options.secrets, ledger })
  const answer = options.forward
    ? await forward(options.forward, { method, rawHeaders, body })
    : answerTo(method, examined)
  if (!response.destroyed) response.writeHead(answer.status, answer.headers).end(answer.body)
  const isForwarded = options.forward !== undefined
  const answered: Answered = { status: answer.status, isForwarded, error: answer.error ?? null }
  output.tell(
    toRecord(examined, answered, { at, path }),
    describeReceived(examined, answered, { style: output.style, at }),
  )
}

/** As a receiver should; the text is kept in the sender's log. */
function answerTo(method: string, { isVerified, failure }: Examined): Answer {
  if (method !== 'POST') return plain(405, 'Only POST is allowed')
  if (failure === null) return { status: 204, headers: [], body: Buffer.alloc(0) }
  return plain(isVerified === false ? 401 : 400, failure.message)
}

function plain(status: number, text: string): Answer {
  return { status, headers: ['content-type', 'text/plain; charset=utf-8'], body: Buffer.from(text) }
}

/** Null where it is too large; it is read to its end all the same, since a sender reads no answer while it writes. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null
}

function checkSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) {
    const { error } = secretSchema.safeParse(secret)
    if (error) throw new UsageError(`--secret (or WEBHOOK_SECRET) ${error.issues[0]!.message}.`)
  }
}

type Tls = { certPem: string; keyPem: string; certFile?: string }

async function findTls(env: Context['env'], { tls, tlsCert, tlsKey }: ListenOptions): Promise<Tls | null> {
  if (tlsCert === undefined && tlsKey === undefined) return tls ? findOwnCertificate(env) : null
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError('--tls-cert and --tls-key belong together: give both, or --tls alone.')
  return { certPem: await readPem(tlsCert, '--tls-cert'), keyPem: await readPem(tlsKey, '--tls-key') }
}

async function readPem(file: string, option: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: Error) => {
    throw new UsageError(`${option}: cannot read it: ${cause.message}`, { cause })
  })
}

function describeStart(
  url: string,
  caFile: string | null,
  { secrets, forward }: ListenOptions,
  style: Output['style'],
): string[] {
  const verified =
    secrets.length > 0 ? 'Secret and signature are verified.' : 'No secret given: nothing is verified.'
  return [
    `Listening on ${style('bold', url)}${forward ? `, forwarding to ${forward.href}` : ''}. ${verified} Ctrl-C ends it.`,
    ...(caFile === null
      ? []
      : [`Let the service send here: EGRESS_ALLOW=127.0.0.0/8 EGRESS_CA_FILE=${caFile} npm start`]),
    '',
  ]
}
