import { parseArgs } from 'node:util'
import { startPostgres, startService } from '@workflow-webhooks/testkit'
import pg from 'pg'
import { median, percentile } from '../statistics.ts'
import { formatNumber, formatTable } from '../table.ts'
import { generateLog } from './generate.ts'

/**
 * How long a page of the log takes, by the API, on PostgreSQL: with each filter, at the newest end, in the middle and
 * at the oldest end of a generated log. Exits with 1 where a 95th percentile is above the limit.
 *
 *     --deliveries N   10,000,000 if not said
 */
const { values: options } = parseArgs({ options: { deliveries: { type: 'string', default: '10000000' } } })
const deliveries = Number(options.deliveries)
if (!Number.isInteger(deliveries) || deliveries < 1_000)
  throw new Error('--deliveries must be a whole number from 1000')

const LIMIT_MS = 50
const WEBHOOKS = 10
const PAGES = 40
const OPERATOR_KEY = 'operator-key-of-the-benchmark'

const cleanup = new AsyncDisposableStack()
try {
  const postgres = await startPostgres({
    settings: { fsync: 'off', shared_buffers: '1GB', max_wal_size: '8GB', autovacuum: 'off' },
  })
  cleanup.defer(() => postgres.stop())
  const databaseUrl = await postgres.createDatabase('log')
  const withService = async <T>(work: (call: Call) => Promise<T>): Promise<T> => {
    const service = await startService({
      env: {
        DATABASE_URL: databaseUrl,
        OPERATOR_API_KEY: OPERATOR_KEY,
        ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
        EGRESS_ALLOW: '127.0.0.0/8',
      },
    })
    return work(caller(service.url)).finally(() => service.stop())
  }
  const workflow = await withService(configure)
  // Without a service, which would look at tables that have no indexes meanwhile.
  await write(databaseUrl, workflow)
  process.exitCode = (await withService((call) => measure(call, workflow))) ? 0 : 1
} finally {
  await cleanup.disposeAsync()
}

type Page = { data: { deliveryId: string; eventId: string; itemId: string }[]; nextCursor: string | null }
type Call = <T>(method: string, path: string, body?: object) => Promise<T>
type Workflow = { workflowId: string; webhookIds: string[] }

function caller(url: string): Call {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

async function configure(call: Call): Promise<Workflow> {
  const { profileId } = await call<{ profileId: string }>('POST', '/profiles', {
    name: 'Acme',
    webhookAccess: true,
  })
  const { workflowId } = await call<{ workflowId: string }>('POST', `/profiles/${profileId}/workflows`, {
    states: ['New', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const webhookIds: string[] = []
  for (let index = 0; index < WEBHOOKS; index++) {
    const webhook = { url: `https://127.0.0.1:9443/${index}`, topics: ['workflow.item.created'] }
    const made = await call<{ webhookId: string }>('POST', `/workflows/${workflowId}/webhooks`, webhook)
    webhookIds.push(made.webhookId)
  }
  return { workflowId, webhookIds }
}

async function write(databaseUrl: string, workflow: Workflow): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const startedAt = performance.now()
  try {
    await generateLog(client, { deliveries, ...workflow })
    const duration = `${formatNumber((performance.now() - startedAt) / 1_000)} s`
    const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes')
    const size = `${formatNumber(rows[0].bytes / deliveries)} bytes a delivery`
    console.error(`${formatNumber(deliveries)} deliveries written in ${duration}; on disk ${size}`)
  } finally {
    await client.end()
  }
}

async function measure(call: Call, { workflowId, webhookIds }: Workflow): Promise<boolean> {
  const workflowLog = `/workflows/${workflowId}/deliveries`
  const now = Date.now()
  const daysAgo = (days: number): string => new Date(now - days * 24 * 3_600_000).toISOString()
  const ends = { newest: daysAgo(-1), middle: daysAgo(15), oldest: daysAgo(29.9) }
  const [middle] = (await call<Page>('GET', `${workflowLog}?limit=1&to=${ends.middle}`)).data
  const filters: Record<string, string> = {
    none: '',
    'status failed': 'status=failed',
    'status succeeded': 'status=succeeded',
    'status pending': 'status=pending',
    'status canceled (none)': 'status=canceled',
    topic: 'topic=workflow.item.created',
    'topic (none)': 'topic=workflow.item.reopened',
    'HTTP 5xx': 'statusClass=5xx',
    'HTTP 2xx': 'statusClass=2xx',
    'words of the subject': `subject=overdue%20invoice&from=${daysAgo(40)}`,
    'words (none)': `subject=nothing&from=${daysAgo(40)}`,
    event: `eventId=${middle!.eventId}`,
    item: `itemId=${middle!.itemId}`,
    alert: `alertId=alert-${Math.ceil(deliveries / WEBHOOKS / 2)}`,
    delivery: `deliveryId=${middle!.deliveryId}`,
  }
  const rows: string[][] = []
  let isFast = true
  for (const [name, filter] of Object.entries(filters)) {
    for (const [end, to] of Object.entries(ends)) {
      for (const scope of ['workflow', 'webhook'] as const) {
        const times = await pageTimes((page) => {
          const path =
            scope === 'workflow'
              ? workflowLog
              : `/workflows/${workflowId}/webhooks/${webhookIds[page % WEBHOOKS]}/deliveries`
          // Each page of its own place, so that it is not the same rows again and again.
          const before = new Date(Date.parse(to) - page * 60_000).toISOString()
          return call('GET', `${path}?to=${before}&${filter}`)
        })
        const p95 = percentile(times, 95)
        if (p95 > LIMIT_MS) isFast = false
        rows.push([
          `${name}, ${end}, ${scope}`,
          ...[median(times), p95, Math.max(...times)].map((ms) => formatNumber(ms, 1)),
        ])
      }
    }
  }
  const headings = [`Pages of the log of ${formatNumber(deliveries)}`, 'p50 ms', 'p95 ms', 'max ms']
  console.log(formatTable(headings, rows).join('\n'))
  console.log(isFast ? `All 95th percentiles are within ${LIMIT_MS} ms.` : `Some are above ${LIMIT_MS} ms.`)
  return isFast
}

async function pageTimes(read: (page: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let page = 0; page < PAGES; page++) {
    const startedAt = performance.now()
    await read(page)
    times.push(performance.now() - startedAt)
  }
  return times
}
