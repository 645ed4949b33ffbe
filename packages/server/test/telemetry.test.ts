import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { topics } from '@workflow-webhooks/contract'
import { type ServiceProcess, startService, waitFor } from '@workflow-webhooks/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, configure, createApi } from './support/api.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createReceiverEnvironment, OPERATOR_KEY, type ReceiverEnvironment } from './support/environment.ts'
import { smallestAlert } from './support/test-app.ts'
import { startTraceCollector, type TraceCollector } from './support/trace-collector.ts'

const documents = join(import.meta.dirname, '../../../docs')
const PREFIX = 'workflow_webhooks_'
/** Of ours, those that no panel shows: none. */
const NOT_SHOWN: string[] = []

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
const SUBJECT = 'subject-that-nobody-else-may-read'
const PATH_TOKEN = 'token-in-the-path'
const HEADER_VALUE = 'value-of-a-custom-header'
const SECRET = 'a-secret-of-the-webhook-1'

type Filed = { itemId: string; eventId: string }

describeDatabases('what operators see', (createDatabase) => {
  let testDatabase: TestDatabase
  let environment: ReceiverEnvironment
  let collector: TraceCollector
  let service: ServiceProcess
  let api: Api
  let filed: Filed
  let metrics: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    environment = await createReceiverEnvironment()
    collector = await startTraceCollector()
    service = await startService({
      env: {
        ...environment.settings,
        ...testDatabase.environment,
        RETRY_DELAYS: '50ms',
        DELIVERY_TIMEOUT: '8s', // so long the one that hangs keeps the service from stopping
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
        OTEL_SERVICE_NAME: 'webhooks-of-the-test',
      },
    })
    api = createApi(service.url, OPERATOR_KEY)
    await makeTraffic()
    metrics = await readMetrics()
    await service.stop()
  })
  afterAll(async () => {
    await service?.stop()
    await collector?.stop()
    await environment?.remove()
    await testDatabase?.remove()
  })

  const readMetrics = async () => (await fetch(`${service.url}/metrics`)).text()

  /** Of everything a bit: what succeeds, is tried again, fails, cannot be connected to, is canceled, is refused. */
  async function makeTraffic(): Promise<void> {
    const { receiver } = environment
    const { workflowId, webhookIds } = await configure(api, [receiver.url('/ok/'), receiver.url('/nowhere/')])
    const webhooks = `/workflows/${workflowId}/webhooks`
    const guarded = await api.call<{ webhookId: string }>('POST', webhooks, {
      url: receiver.url(`/fail/1/${PATH_TOKEN}?key=${PATH_TOKEN}`),
      topics,
      secret: SECRET,
      headers: { authorization: HEADER_VALUE },
    })
    await api.call('POST', webhooks, { url: 'https://127.0.0.1:1/', topics }).catch(() => {})
    await api.call('POST', webhooks, { url: 'https://127.0.0.1:9999/', topics })
    const hanging = await api.call<{ webhookId: string }>('POST', webhooks, {
      url: receiver.url('/hang/'),
      topics: ['workflow.item.state.changed'],
    })
    const alert = { ...smallestAlert, subject: SUBJECT }
    filed = await api.call<Filed>(
      'POST',
      `/workflows/${workflowId}/items`,
      { alert },
      { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` },
    )
    await api.call('POST', `/workflows/${workflowId}/items`, { alert })
    await waitForDeliveries(`${webhooks}/${guarded.webhookId}`, 'succeeded', 1)
    await waitForDeliveries(`${webhooks}/${webhookIds[1]}`, 'failed', 1)

    const items = `/workflows/${workflowId}/items/${filed.itemId}`
    await api.call('POST', `${items}/state`, { state: 'In review' })
    await api.call('POST', `${items}/state`, { state: 'Resolved' })
    await waitFor(async () => (await readMetrics()).includes(`${PREFIX}requests_in_flight 1\n`), {
      timeoutMs: 20_000,
      message: 'only the request that hangs to be in flight',
    })
    await api.call('PATCH', `${webhooks}/${hanging.webhookId}`, { enabled: false })
    await api.call('POST', `${webhooks}/${webhookIds[0]}/test`)
    const delivered = await waitForDeliveries(`${webhooks}/${webhookIds[0]}`, 'succeeded', 4)
    await api.call('POST', `/deliveries/${delivered.at(-1)!.deliveryId}/replay`)
    await waitForDeliveries(`${webhooks}/${webhookIds[0]}`, 'succeeded', 5)
    await fetch(`${service.url}/api/v1/nothing/${PATH_TOKEN}`)
  }

  async function waitForDeliveries(webhook: string, status: string, count: number) {
    let data: { deliveryId: string }[] = []
    await waitFor(
      async () => {
        ;({ data } = await api.call<{ data: typeof data }>('GET', `${webhook}/deliveries?status=${status}`))
        return data.length >= count
      },
      { timeoutMs: 20_000, message: `${count} deliveries ${status}` },
    )
    return data
  }

  const figure = (series: string): number => {
    const line = metrics.split('\n').find((each) => each.startsWith(`${PREFIX}${series} `))
    return Number(line?.split(' ').at(-1) ?? Number.NaN)
  }

  test('the metrics count what happened', () => {
    expect(figure('items_filed_total{result="created"}')).toBe(1)
    expect(figure('items_filed_total{result="present"}')).toBe(1)
    expect(figure('events_total{trigger="workflow-item-created"}')).toBe(1)
    expect(figure('events_total{trigger="workflow-item-state-updated"}')).toBe(2)
    expect(figure('deliveries_recorded_total{kind="live"}')).toBe(14)
    expect(figure('deliveries_recorded_total{kind="test"}')).toBe(1)
    expect(figure('deliveries_recorded_total{kind="replay"}')).toBe(1)
    // The second move waited behind the first, which hung.
    expect(figure('deliveries_settled_total{status="canceled"}')).toBeGreaterThanOrEqual(1)
    expect(figure('attempts_total{outcome="failed",status_class="5xx"}')).toBeGreaterThanOrEqual(1)
    expect(figure('attempts_total{outcome="failed",status_class="4xx"}')).toBeGreaterThanOrEqual(2)
    expect(figure('attempt_errors_total{code="connect_failed"}')).toBeGreaterThanOrEqual(2)
    expect(figure('attempt_duration_seconds_count{outcome="succeeded"}')).toBe(
      figure('attempts_total{outcome="succeeded",status_class="2xx"}'),
    )
    expect(figure('event_to_settled_seconds_count{status="succeeded"}')).toBe(
      figure('deliveries_settled_total{status="succeeded"}'),
    )
    expect(figure('lanes_owned')).toBe(5)
    expect(figure('lane_changes_total{change="acquired"}')).toBeGreaterThanOrEqual(5)
    expect(figure('api_problems_total{code="not_found"}')).toBe(1)
    expect(figure('api_calls_total{method="none",route="none",status_class="4xx"}')).toBe(1)
    const pending = metrics.matchAll(/^workflow_webhooks_pending_deliveries\{.*\} (\d+)$/gm)
    expect([...pending]).toHaveLength(5)
    expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds')
  })

  test('labels have no ids and no hosts, so that there are as many series with a thousand customers as with one', () => {
    expect(metrics).not.toMatch(/\b[a-z]{3,4}_[0-9a-z]{24}\b/)
    expect(metrics).not.toContain('127.0.0.1')
  })

  describe('traces', () => {
    const spansOf = (eventId: string) => {
      const traceId = createHash('sha256').update(eventId).digest('hex').slice(0, 32)
      return collector.spans.filter((span) => span.traceId === traceId)
    }

    test('all that became of an event is one trace, which leads back to the call that filed it', () => {
      expect(collector.resource).toMatchObject({ 'service.name': 'webhooks-of-the-test' })
      const spans = spansOf(filed.eventId)
      const [root, ...others] = spans.filter((span) => !span.parentSpanId)
      expect(root).toMatchObject({
        name: 'workflow-item-created',
        attributes: { 'workflow_webhooks.event_id': filed.eventId },
      })
      expect(others).toEqual([])
      expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length)

      const byId = new Map(spans.map((span) => [span.spanId, span]))
      const pathOf = (span: (typeof spans)[number]): string => {
        const parent = span.parentSpanId && byId.get(span.parentSpanId)
        return parent ? `${pathOf(parent)} > ${span.name}` : span.parentSpanId ? 'lost' : span.name
      }
      const retried = spans.find((span) => span.attributes['workflow_webhooks.attempt'] === 2)!
      const paths = new Set(
        spans
          .filter((span) => span.spanId === retried.parentSpanId || span.parentSpanId)
          .map((span) => pathOf(span)),
      )
      expect([...paths].sort()).toEqual([
        'workflow-item-created > delivery',
        'workflow-item-created > delivery > attempt',
        'workflow-item-created > delivery > attempt > POST',
        'workflow-item-created > delivery > attempt > settle',
        'workflow-item-created > delivery > take',
      ])

      const group = collector.spans.find((span) => span.spanId === root!.links[0]?.spanId)!
      expect(group).toMatchObject({ name: 'group', traceId: CALLER.traceId })
      const call = collector.spans.find((span) => span.spanId === group.parentSpanId)!
      expect(call).toMatchObject({
        name: 'POST /api/v1/workflows/:workflowId/items',
        traceId: CALLER.traceId,
        parentSpanId: CALLER.spanId,
        kind: 2,
        attributes: { 'http.response.status_code': 201 },
      })
    })

    test('a request is a client span with its host and status', () => {
      const statuses = spansOf(filed.eventId)
        .filter((span) => span.name === 'POST')
        .map(({ kind, attributes }) => {
          expect(kind).toBe(3)
          expect(attributes).toMatchObject({ 'server.address': '127.0.0.1' })
          return attributes['http.response.status_code'] ?? attributes['error.type']
        })
      expect([...new Set(statuses)].sort()).toEqual([204, 404, 503, 'connect_failed'])
    })

    test('spans end no earlier than they begin, and within this test', () => {
      for (const { startTimeUnixNano, endTimeUnixNano } of collector.spans) {
        expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true)
        expect(Math.abs(Number(BigInt(startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(120_000)
      }
    })
  })

  test('no secret, no payload, and of a URL nothing but the host is in metrics, traces or logs', () => {
    expect(service.logs()).toContain('"msg":"attempt"')
    for (const text of [metrics, collector.text(), service.logs()])
      for (const kept of [SUBJECT, PATH_TOKEN, HEADER_VALUE, SECRET, OPERATOR_KEY, 'signature'])
        expect(text).not.toContain(kept)
  })

  test('dashboard and alerts use what there is, and the dashboard shows all that there is', () => {
    const exposed = exposedMetrics(metrics)
    const dashboard = expressionsIn(
      JSON.parse(readFileSync(join(documents, 'grafana-dashboard.json'), 'utf8')),
    )
    const operating = readFileSync(join(documents, 'OPERATING.md'), 'utf8')
    const alerts = [...operating.matchAll(/^\s*expr: (.*)$/gm)].map(([, expression]) => expression!)
    expect(dashboard.length).toBeGreaterThan(20)
    expect(alerts.length).toBeGreaterThan(5)
    for (const expression of [...dashboard, ...alerts]) {
      const used = metricsIn(expression)
      expect(used, expression).not.toEqual([])
      const labels = new Set(['job', 'instance'])
      for (const name of used) {
        expect([...exposed.keys()], expression).toContain(name)
        for (const label of exposed.get(name)!) labels.add(label)
      }
      for (const label of labelsIn(expression)) expect([...labels], expression).toContain(label)
    }
    const shown = new Set(dashboard.flatMap(metricsIn).map(familyOf))
    const ours = new Set([...exposed.keys()].filter((name) => name.startsWith(PREFIX)).map(familyOf))
    expect([...ours].filter((name) => !shown.has(name)).sort()).toEqual(NOT_SHOWN)
  })
})

/** The names of all series, with the labels that they have. */
function exposedMetrics(text: string): Map<string, Set<string>> {
  const exposed = new Map<string, Set<string>>()
  for (const [, name, labels = ''] of text.matchAll(/^([a-z_0-9]+)(?:\{(.*)\})? \S+$/gm)) {
    const known = exposed.get(name!) ?? new Set()
    for (const [, label] of labels.matchAll(/([a-z_]+)="/g)) known.add(label!)
    exposed.set(name!, known)
  }
  return exposed
}

function expressionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'expr' ? [inner as string] : expressionsIn(inner),
  )
}

function metricsIn(expression: string): string[] {
  return [...new Set(expression.match(/\b(?:workflow_webhooks|nodejs|process)_[a-z0-9_]+/g) ?? [])]
}

function labelsIn(expression: string): string[] {
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(', '))
  const matched = [...expression.matchAll(/([a-z_]+)(?:=|!=|=~|!~)"/g)].map(([, label]) => label!)
  return [...grouped, ...matched]
}

/** A histogram has three names. */
function familyOf(name: string): string {
  return name.replace(/(_seconds|_calls|_events)_(?:bucket|sum|count)$/, '$1')
}
