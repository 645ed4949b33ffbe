import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, settings } from './config.ts'

const DAY_MS = 86_400_000
const KEY = Buffer.alloc(32, 7).toString('base64')

test('without settings, the defaults hold', () => {
  expect(readConfig({})).toEqual({
    databaseUrl: null,
    dataDir: './data',
    host: '127.0.0.1',
    port: 8080,
    publicUrl: null,
    trustedProxies: [],
    encryptionKey: null,
    operatorApiKey: null,
    retryDelaysMs: [15_000, 30_000, 60_000, 120_000],
    deliveryTimeoutMs: 15_000,
    laneLeaseMs: 30_000,
    maxWebhooksPerWorkflow: 50,
    egressAllow: [],
    egressCaFile: null,
    smtpUrl: null,
    mailFrom: null,
    retainBodiesMs: 30 * DAY_MS,
    retainDeliveriesMs: 90 * DAY_MS,
    retainEventsMs: 90 * DAY_MS,
    logLevel: 'info',
    otlpEndpoint: null,
    serviceName: 'workflow-webhooks',
    traceShare: 1,
  })
})

test('every setting is read', () => {
  const config = readConfig({
    DATABASE_URL: 'postgres://user@localhost/webhooks',
    DATA_DIR: '/var/lib/webhooks',
    HOST: '::1',
    PORT: '0',
    PUBLIC_URL: 'https://webhooks.example.com/app/',
    ENCRYPTION_KEY: KEY,
    OPERATOR_API_KEY: 'a-key-of-16-chars',
    RETRY_DELAYS: '50ms, 1h',
    DELIVERY_TIMEOUT: '200ms',
    LANE_LEASE: '6s',
    MAX_WEBHOOKS_PER_WORKFLOW: '3',
    EGRESS_ALLOW: '127.0.0.0/8, ::1/128',
    SMTP_URL: 'smtps://user:p%40ss@mail.example.com:465',
    MAIL_FROM: 'Alerts <alerts@example.com>',
    RETAIN_BODIES: '7d',
    RETAIN_DELIVERIES: '48h',
    RETAIN_EVENTS: 'forever',
    LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
    OTEL_SERVICE_NAME: 'webhooks-eu',
    OTEL_TRACES_SAMPLER_ARG: '.05',
  })
  expect(config).toMatchObject({
    databaseUrl: 'postgres://user@localhost/webhooks',
    port: 0,
    publicUrl: 'https://webhooks.example.com/app',
    encryptionKey: KEY,
    retryDelaysMs: [50, 3_600_000],
    deliveryTimeoutMs: 200,
    laneLeaseMs: 6_000,
    egressAllow: ['127.0.0.0/8', '::1/128'],
    smtpUrl: 'smtps://user:p%40ss@mail.example.com:465',
    mailFrom: { name: 'Alerts', address: 'alerts@example.com' },
    retainBodiesMs: 7 * DAY_MS,
    retainDeliveriesMs: 2 * DAY_MS,
    retainEventsMs: Number.POSITIVE_INFINITY,
    logLevel: 'debug',
    otlpEndpoint: 'http://localhost:4318',
    serviceName: 'webhooks-eu',
    traceShare: 0.05,
  })
})

test('an empty variable counts as absent, but no retry delays are no retries', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', EGRESS_ALLOW: '' }).port).toBe(8080)
  expect(readConfig({ RETRY_DELAYS: '' }).retryDelaysMs).toEqual([])
})

describe('a wrong value is refused by the name of its variable', () => {
  test.each([
    ['DATABASE_URL', 'mysql://localhost/webhooks'],
    ['HOST', 'two words'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PUBLIC_URL', 'webhooks.example.com'],
    ['PUBLIC_URL', 'ftp://webhooks.example.com'],
    ['PUBLIC_URL', 'https://user:password@webhooks.example.com'],
    ['PUBLIC_URL', 'https://webhooks.example.com/?a=b'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ENCRYPTION_KEY', 'not base64'],
    ['OPERATOR_API_KEY', 'short'],
    ['RETRY_DELAYS', '15s,'],
    ['RETRY_DELAYS', '15'],
    ['RETRY_DELAYS', Array(11).fill('1s').join()],
    ['DELIVERY_TIMEOUT', '0s'],
    ['DELIVERY_TIMEOUT', '15 s'],
    ['LANE_LEASE', '19999ms'],
    ['MAX_WEBHOOKS_PER_WORKFLOW', '0'],
    ['EGRESS_ALLOW', '127.0.0.1'],
    ['EGRESS_ALLOW', '127.0.0.0/8,nonsense'],
    ['EGRESS_CA_FILE', '/nowhere.pem'],
    ['EGRESS_CA_FILE', import.meta.filename],
    ['SMTP_URL', 'https://mail.example.com'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://user@mail.example.com'],
    ['SMTP_URL', 'smtp://user:%zz@mail.example.com'],
    ['SMTP_URL', 'smtp://mail.example.com/?tls.rejectUnauthorized=false'],
    ['MAIL_FROM', 'alerts'],
    ['MAIL_FROM', 'Alerts alerts@example.com'],
    ['MAIL_FROM', 'Alerts\r\nBcc: x <alerts@example.com>'],
    ['RETAIN_BODIES', '0'],
    ['RETAIN_BODIES', '30'],
    ['RETAIN_BODIES', 'never'],
    ['RETAIN_DELIVERIES', '1h'],
    ['RETAIN_EVENTS', '36501d'],
    ['RETAIN_EVENTS', '89d'],
    ['LOG_LEVEL', 'loud'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.1'],
    ['OTEL_TRACES_SAMPLER_ARG', '5%'],
  ])('%s=%s', (name, value) => {
    expect(() => readConfig({ ENCRYPTION_KEY: KEY, MAIL_FROM: 'a@example.com', [name]: value })).toThrow(
      new RegExp(`^The settings are wrong:\n  ${name} [^\n]+$`),
    )
  })
})

test('all that is wrong is said at once, without the values', () => {
  const wrong = { PORT: 'x', DATABASE_URL: 'secret://', DELIVERY_TIMEOUT: '60s', LOG_LEVEL: 'loud' }
  const error = (() => {
    try {
      readConfig(wrong)
    } catch (thrown) {
      return (thrown as Error).message
    }
  })()
  const names = error!
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(' ')[0])
  expect(names.sort()).toEqual(['DATABASE_URL', 'ENCRYPTION_KEY', 'LANE_LEASE', 'LOG_LEVEL', 'PORT'])
  expect(error).not.toMatch(/secret|loud/)
})

test('a server’s database needs an encryption key, which all nodes share', () => {
  expect(() => readConfig({ DATABASE_URL: 'postgres://localhost/webhooks' })).toThrow(
    'ENCRYPTION_KEY is required with DATABASE_URL',
  )
})

test('e-mail needs somebody who it is from', () => {
  expect(readConfig({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'a@example.com' }).mailFrom).toEqual({
    name: '',
    address: 'a@example.com',
  })
  expect(() => readConfig({ SMTP_URL: 'smtp://localhost' })).toThrow('MAIL_FROM is required with SMTP_URL')
})

test('events are kept at least as long as deliveries, which need them', () => {
  expect(() => readConfig({ RETAIN_DELIVERIES: '91d' })).toThrow(
    'RETAIN_EVENTS must be at least RETAIN_DELIVERIES',
  )
  expect(() => readConfig({ RETAIN_DELIVERIES: 'forever' })).toThrow('RETAIN_EVENTS')
  expect(readConfig({ RETAIN_DELIVERIES: 'forever', RETAIN_EVENTS: 'forever' }).retainDeliveriesMs).toBe(
    Number.POSITIVE_INFINITY,
  )
})

test('a file of certificates is checked certificate by certificate', () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), 'workflow-webhooks-'))
  const file = join(directory.path, 'ca.pem')
  writeFileSync(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  expect(() => readConfig({ EGRESS_CA_FILE: file })).toThrow('EGRESS_CA_FILE')
})

test('.env.example names every setting and no other', () => {
  const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8')
  const names = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(names).toEqual(settings.map(({ name }) => name))
})
