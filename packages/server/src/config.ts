import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseDuration } from '@workflow-webhooks/contract'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { createEncryption } from './base/encryption.ts'

/** The settings of the service, checked. */
export type Config = {
  /** `null`: embedded in `dataDir`. */
  databaseUrl: string | null
  dataDir: string
  host: string
  /** 0: any free one. */
  port: number
  /** Without a slash at its end; `null`: made from host and port. */
  publicUrl: string | null
  /** Addresses or CIDRs. */
  trustedProxies: string[]
  /** 32 bytes, base64; `null`: kept in `dataDir`. */
  encryptionKey: string | null
  operatorApiKey: string | null
  /** One a retry. */
  retryDelaysMs: number[]
  deliveryTimeoutMs: number
  laneLeaseMs: number
  maxWebhooksPerWorkflow: number
  /** CIDRs. */
  egressAllow: string[]
  egressCaFile: string | null
  /** `smtp://` or `smtps://`, perhaps with credentials; `null`: no e-mail is sent. */
  smtpUrl: string | null
  /** Given wherever `smtpUrl` is; `name` may be empty. */
  mailFrom: { name: string; address: string } | null
  /** How long what an attempt was answered is kept; `Infinity`: for ever, here and below. */
  retainBodiesMs: number
  /** How long deliveries are kept once they are settled. */
  retainDeliveriesMs: number
  /** At least as long as deliveries. */
  retainEventsMs: number
  logLevel: (typeof logLevels)[number]
  /** Where traces go, without a slash at its end; `null`: none are made. */
  otlpEndpoint: string | null
  /** The service's name in traces. */
  serviceName: string
  /** Of the traces, from 0 to 1. */
  traceShare: number
}

/** What the README's table says of each setting; a test compares the two. */
export const settings = [
  { name: 'DATABASE_URL', default: 'none: embedded in `DATA_DIR`' },
  { name: 'DATA_DIR', default: './data' },
  { name: 'HOST', default: '127.0.0.1' },
  { name: 'PORT', default: '8080' },
  { name: 'PUBLIC_URL', default: 'from host and port' },
  { name: 'TRUSTED_PROXIES', default: 'empty' },
  { name: 'ENCRYPTION_KEY', default: 'embedded only: made at first start' },
  { name: 'OPERATOR_API_KEY', default: 'none' },
  { name: 'RETRY_DELAYS', default: '15s,30s,1m,2m' },
  { name: 'DELIVERY_TIMEOUT', default: '15s' },
  { name: 'LANE_LEASE', default: '30s' },
  { name: 'MAX_WEBHOOKS_PER_WORKFLOW', default: '50' },
  { name: 'EGRESS_ALLOW', default: 'empty' },
  { name: 'EGRESS_CA_FILE', default: 'none' },
  { name: 'SMTP_URL', default: 'none: no e-mail' },
  { name: 'MAIL_FROM', default: 'none' },
  { name: 'RETAIN_BODIES', default: '30d' },
  { name: 'RETAIN_DELIVERIES', default: '90d' },
  { name: 'RETAIN_EVENTS', default: '90d' },
  { name: 'LOG_LEVEL', default: 'info' },
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', default: 'none' },
  { name: 'OTEL_SERVICE_NAME', default: 'workflow-webhooks' },
  { name: 'OTEL_TRACES_SAMPLER_ARG', default: '1' },
] as const

/** How much longer than an attempt a lease must be, so that an owner can still record what it did. */
const LEASE_MARGIN_MS = 5_000
const MAX_RETRIES = 10
const DAY_MS = 86_400_000
/** A hundred years: beyond, there is `forever`. */
const MAX_RETENTION_MS = 36_500 * DAY_MS
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/**
 * Reads the settings from environment variables. An empty variable counts as absent, but for `RETRY_DELAYS`, where it
 * means no retries.
 *
 * @throws Error that lists every wrong variable with its remedy, one a line; it quotes no values, which may be secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== '' || name === 'RETRY_DELAYS'),
  )
  const result = environmentSchema.safeParse(given)
  if (result.success) return toConfig(result.data)
  const lines = result.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`)
  throw new Error(`The settings are wrong:\n${lines.join('\n')}`)
}

function toConfig(environment: z.infer<typeof environmentSchema>): Config {
  return {
    databaseUrl: environment.DATABASE_URL ?? null,
    dataDir: environment.DATA_DIR,
    host: environment.HOST,
    port: environment.PORT,
    publicUrl: environment.PUBLIC_URL ?? null,
    trustedProxies: environment.TRUSTED_PROXIES,
    encryptionKey: environment.ENCRYPTION_KEY ?? null,
    operatorApiKey: environment.OPERATOR_API_KEY ?? null,
    retryDelaysMs: environment.RETRY_DELAYS,
    deliveryTimeoutMs: environment.DELIVERY_TIMEOUT,
    laneLeaseMs: environment.LANE_LEASE,
    maxWebhooksPerWorkflow: environment.MAX_WEBHOOKS_PER_WORKFLOW,
    egressAllow: environment.EGRESS_ALLOW,
    egressCaFile: environment.EGRESS_CA_FILE ?? null,
    smtpUrl: environment.SMTP_URL ?? null,
    mailFrom: environment.MAIL_FROM ?? null,
    retainBodiesMs: environment.RETAIN_BODIES,
    retainDeliveriesMs: environment.RETAIN_DELIVERIES,
    retainEventsMs: environment.RETAIN_EVENTS,
    logLevel: environment.LOG_LEVEL,
    otlpEndpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: environment.OTEL_SERVICE_NAME,
    traceShare: environment.OTEL_TRACES_SAMPLER_ARG,
  }
}

/** A setting: `read` gives its value, or `undefined` where it is wrong. */
function setting<T>(remedy: string, read: (value: string) => T | undefined) {
  return z.string().transform((value, context): T => {
    const result = read(value)
    if (result !== undefined) return result
    context.addIssue({ code: 'custom', message: remedy })
    return z.NEVER
  })
}

function wholeNumber(min: number, max: number) {
  return setting(`must be a whole number from ${min} to ${max}`, (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : -1
    return number >= min && number <= max ? number : undefined
  })
}

function duration(minMs: number, maxMs: number, range: string) {
  return setting(`must be a duration such as 15s, ${range}`, (value) => readDuration(value, minMs, maxMs))
}

function retention() {
  return setting('must be a duration such as 90d, from 1d to 36500d, or forever', (value) =>
    value.trim() === 'forever' ? Number.POSITIVE_INFINITY : readDuration(value, DAY_MS, MAX_RETENTION_MS),
  )
}

function readDuration(value: string, minMs: number, maxMs: number): number | undefined {
  const durationMs = parseDuration(value.trim())
  return durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs ? durationMs : undefined
}

/** The entries of a comma-separated list, each as `read` gives it; `undefined` where one is wrong. */
function readList<T>(value: string, read: (entry: string) => T | undefined): T[] | undefined {
  if (value.trim() === '') return []
  const entries = value.split(',').map((entry) => read(entry.trim()))
  return entries.includes(undefined) ? undefined : (entries as T[])
}

function readHttpUrl(value: string): string | undefined {
  const url = URL.parse(value)
  if (!url || !['http:', 'https:'].includes(url.protocol) || /[?#\s]/.test(value)) return undefined
  return url.username || url.password ? undefined : value.replace(/\/+$/, '')
}

function isSmtpUrl(value: string): boolean {
  const url = URL.parse(value)
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || /[?#\s]/.test(value))
    return false
  if (!['', '/'].includes(url.pathname) || (url.username === '') !== (url.password === '')) return false
  try {
    decodeURIComponent(url.username + url.password)
    return true
  } catch {
    return false
  }
}

/** `ada@example.com`, or `Ada <ada@example.com>`. */
function readSenderAddress(value: string): { name: string; address: string } | undefined {
  const [, name = '', inBrackets, alone] =
    /^(?:([^<>"\p{Cc}]*)<([^<>]+)>|([^<>]+))$/u.exec(value.trim()) ?? []
  const address = z.email().safeParse(inBrackets ?? alone)
  return address.success ? { name: name.trim(), address: address.data } : undefined
}

function isEncryptionKey(value: string): boolean {
  try {
    createEncryption(value)
    return true
  } catch {
    return false
  }
}

function isCertificateFile(file: string): boolean {
  try {
    const certificates = readFileSync(file, 'utf8').match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    )
    return certificates?.every((certificate) => new X509Certificate(certificate)) ?? false
  } catch {
    return false
  }
}

const environmentSchema = z
  .object({
    DATABASE_URL: setting('must be a URL such as postgres://user:password@host:5432/database', (value) =>
      /^postgres(ql)?:\/\//.test(value) && URL.canParse(value) ? value : undefined,
    ).optional(),
    DATA_DIR: z.string().default('./data'),
    HOST: setting('must be an address or a name, without white space', (value) =>
      /\s/.test(value) ? undefined : value,
    ).prefault('127.0.0.1'),
    PORT: wholeNumber(0, 65_535).prefault('8080'),
    PUBLIC_URL: setting(
      'must be an http:// or https:// URL without a query, such as https://webhooks.example.com',
      readHttpUrl,
    ).optional(),
    TRUSTED_PROXIES: setting(
      'must be addresses or networks such as 10.0.0.0/8, separated by commas',
      (value) =>
        readList(value, (entry) => (ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry) ? entry : undefined)),
    ).prefault(''),
    ENCRYPTION_KEY: setting(
      'must be the base64 of 32 bytes; make one with: openssl rand -base64 32',
      (value) => (isEncryptionKey(value) ? value : undefined),
    ).optional(),
    OPERATOR_API_KEY: setting('must be at least 16 visible ASCII characters', (value) =>
      /^[\x21-\x7e]{16,}$/.test(value) ? value : undefined,
    ).optional(),
    RETRY_DELAYS: setting(
      `must be 0 to ${MAX_RETRIES} durations, each of at most 1d, separated by commas, such as 15s,30s,1m,2m`,
      (value) => {
        const delays = readList(value, (entry) => readDuration(entry, 0, DAY_MS))
        return delays && delays.length <= MAX_RETRIES ? delays : undefined
      },
    ).prefault('15s,30s,1m,2m'),
    DELIVERY_TIMEOUT: duration(1, 600_000, 'from 1ms to 10m').prefault('15s'),
    LANE_LEASE: duration(LEASE_MARGIN_MS, 3_600_000, 'from 5s to 1h').prefault('30s'),
    MAX_WEBHOOKS_PER_WORKFLOW: wholeNumber(1, 10_000).prefault('50'),
    EGRESS_ALLOW: setting('must be networks such as 127.0.0.0/8 or ::1/128, separated by commas', (value) =>
      readList(value, (entry) => (ipaddr.isValidCIDR(entry) ? entry : undefined)),
    ).prefault(''),
    EGRESS_CA_FILE: setting('must be a readable file of certificates in PEM format', (value) =>
      isCertificateFile(value) ? value : undefined,
    ).optional(),
    SMTP_URL: setting(
      'must be a URL such as smtps://user:password@mail.example.com, with user and password encoded as URLs have it',
      (value) => (isSmtpUrl(value) ? value : undefined),
    ).optional(),
    MAIL_FROM: setting(
      'must be an e-mail address such as alerts@example.com or Alerts <alerts@example.com>',
      readSenderAddress,
    ).optional(),
    RETAIN_BODIES: retention().prefault('30d'),
    RETAIN_DELIVERIES: retention().prefault('90d'),
    RETAIN_EVENTS: retention().prefault('90d'),
    LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
    OTEL_EXPORTER_OTLP_ENDPOINT: setting(
      'must be an http:// or https:// URL without a query, such as http://localhost:4318',
      readHttpUrl,
    ).optional(),
    OTEL_SERVICE_NAME: z.string().default('workflow-webhooks'),
    OTEL_TRACES_SAMPLER_ARG: setting('must be a number from 0 to 1, such as 0.05', (value) => {
      const share = /^\d*\.?\d+$/.test(value) ? Number(value) : -1
      return share >= 0 && share <= 1 ? share : undefined
    }).prefault('1'),
  })
  // Even where another setting is wrong: all that is to be put right is said at once.
  .refine(({ DATABASE_URL, ENCRYPTION_KEY }) => DATABASE_URL === undefined || ENCRYPTION_KEY !== undefined, {
    path: ['ENCRYPTION_KEY'],
    message: 'is required with DATABASE_URL; make one with: openssl rand -base64 32',
    when: () => true,
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    message: 'is required with SMTP_URL, such as alerts@example.com',
    when: () => true,
  })
  .refine(
    ({ LANE_LEASE, DELIVERY_TIMEOUT }) =>
      // A setting that is wrong itself is no number here.
      !(Number(LANE_LEASE) < Number(DELIVERY_TIMEOUT) + LEASE_MARGIN_MS),
    {
      path: ['LANE_LEASE'],
      message: `must exceed DELIVERY_TIMEOUT by ${LEASE_MARGIN_MS / 1_000}s`,
      when: () => true,
    },
  )
  .refine(
    // A delivery's body is made of its event's alert.
    ({ RETAIN_EVENTS, RETAIN_DELIVERIES }) => !(Number(RETAIN_EVENTS) < Number(RETAIN_DELIVERIES)),
    {
      path: ['RETAIN_EVENTS'],
      message: 'must be at least RETAIN_DELIVERIES, since deliveries need their events; set both',
      when: () => true,
    },
  )
