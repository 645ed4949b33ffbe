import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Clock } from '../base/clock.ts'
import {
  type Exposition,
  type LaneChange,
  type MetricSources,
  noTelemetry,
  pendingAgeBounds,
  type Telemetry,
  type UndoneCause,
} from '../base/telemetry.ts'
import { createAttemptMetrics } from './attempt-metrics.ts'
import { Histogram, type Series } from './histogram.ts'
import { createRecent } from './recent.ts'

/** The metrics of this process. */
export type Prometheus = {
  telemetry: Telemetry
  exposition: Exposition
  /** Has the gauges read from there; they have no values before. */
  watch(sources: MetricSources): void
}

const PREFIX = 'workflow_webhooks_'
const PENDING_MAX_AGE_MS = 5_000
const PENDING_TIMEOUT_MS = 2_000
const CALL_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const DATABASE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5]
const GROUP_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000]
const CHANGES: LaneChange[] = ['acquired', 'taken_over', 'given_back', 'lost', 'left', 'renewal_failed']
const CAUSES: UndoneCause[] = ['stale', 'conflict', 'error']
const TRIGGERS = ['workflow-item-created', 'workflow-item-state-updated']

/** What the metrics are made with: all of them have the prefix, and none has an id or a host as a label. */
export type MetricFactory = {
  counter(name: string, help: string, labels: Record<string, readonly string[]>): Counter<string>
  histogram(name: string, help: string, bounds: readonly number[]): Histogram
}

/** Makes metrics for Prometheus of what the service tells; this is the one file that knows prom-client. */
export function createPrometheus(options: {
  clock: Clock
  version: string
  onError: (error: unknown) => void
}): Prometheus {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  let sources: MetricSources | undefined

  const factory: MetricFactory = { counter, histogram }
  const attempts = createAttemptMetrics(factory)
  const filed = counter('items_filed_total', 'Alerts filed; present: it was filed before.', {
    result: ['created', 'present'],
  })
  const events = counter('events_total', 'Changes of items, by the trigger of their event.', {
    trigger: TRIGGERS,
  })
  const recorded = counter('deliveries_recorded_total', 'Deliveries put into the queue.', {
    kind: ['live', 'replay', 'test'],
  })
  const undone = counter(
    'pipeline_groups_undone_total',
    'Transactions of the pipeline that were undone, and tried again or given up.',
    { cause: CAUSES },
  )
  const groupSeconds = histogram(
    'pipeline_group_duration_seconds',
    'From the beginning of a group’s transaction to its commit.',
    CALL_SECONDS,
  ).series()
  const groupCalls = histogram(
    'pipeline_group_calls',
    'Calls that shared one transaction.',
    GROUP_SIZES,
  ).series()
  const groupEvents = histogram('pipeline_group_events', 'Events of one transaction.', GROUP_SIZES).series()
  const calls = counter('api_calls_total', 'Calls by route and class of the status.', {
    method: [],
    route: [],
    status_class: [],
  })
  const callSeconds = histogram(
    'api_call_duration_seconds',
    'From a call’s headers to its answer, by route; streams are left out.',
    CALL_SECONDS,
  )
  const problems = counter('api_problems_total', 'Errors answered, by code.', { code: [] })
  const laneChanges = counter(
    'lane_changes_total',
    'Lanes taken and let go by this node. lost: another node has it; left: the ends of attempts could not be written.',
    { change: CHANGES },
  )
  const statementSeconds = histogram(
    'database_statement_duration_seconds',
    'From sending a prepared statement, or a flight of them (file, settle), to its answer, behind those sent before on the same connection; general: all without a name.',
    DATABASE_SECONDS,
  )
  const statements = new Map<string, Series>()
  addGauges()

  const telemetry: Telemetry = {
    ...noTelemetry,
    ...attempts,
    callEnded({ method, route = 'none', statusCode, durationMs }) {
      calls.inc({ method, route, status_class: `${Math.floor(statusCode / 100)}xx` })
      if (durationMs !== null) callSeconds.series({ method, route }).observe(durationMs / 1_000)
    },
    problemAnswered: (code) => problems.inc({ code }),
    groupEnded(group) {
      groupSeconds.observe(group.durationMs / 1_000)
      groupCalls.observe(group.calls.length)
      groupEvents.observe(group.events.length)
      let createdCount = 0
      for (const { trigger } of group.events) if (trigger === TRIGGERS[0]) createdCount++
      filed.inc({ result: 'created' }, createdCount)
      filed.inc({ result: 'present' }, group.presentCount)
      events.inc({ trigger: TRIGGERS[0]! }, createdCount)
      events.inc({ trigger: TRIGGERS[1]! }, group.events.length - createdCount)
      recorded.inc({ kind: 'live' }, group.recorded.length)
    },
    groupUndone: (cause) => undone.inc({ cause }),
    deliveriesRecorded(deliveries) {
      for (const { isTest, isReplay } of deliveries)
        recorded.inc({ kind: isTest ? 'test' : isReplay ? 'replay' : 'live' })
    },
    lanesChanged: (change, count) => laneChanges.inc({ change }, count),
    statementEnded(name, durationMs) {
      let series = statements.get(name)
      if (!series) {
        series = statementSeconds.series({ statement: name })
        statements.set(name, series)
      }
      series.observe(durationMs / 1_000)
    },
  }
  return {
    telemetry,
    exposition: { contentType: registry.contentType, read: () => registry.metrics() },
    watch(watched) {
      sources = watched
    },
  }

  /** Values that are known beforehand are there from the start, as 0: a rate needs a value before the first. */
  function counter(name: string, help: string, labels: Record<string, readonly string[]>): Counter<string> {
    const labelNames = Object.keys(labels)
    const made = new Counter({ name: PREFIX + name, help, labelNames, registers })
    const combinations = labelNames.reduce<Record<string, string>[]>(
      (before, label) => before.flatMap((set) => labels[label]!.map((value) => ({ ...set, [label]: value }))),
      [{}],
    )
    for (const combination of combinations) made.inc(combination, 0)
    return made
  }

  function histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const made = new Histogram(PREFIX + name, help, bounds)
    registry.registerMetric(made as never)
    return made
  }

  /** @param collect sets the values, from the sources, when somebody asks */
  function gauge(
    name: string,
    help: string,
    labelNames: string[],
    collect: (from: MetricSources, set: Gauge<string>) => void | Promise<void>,
  ): void {
    new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset()
        if (sources) await collect(sources, this)
        else this.remove()
      },
    })
  }

  function addGauges(): void {
    gauge('build_info', 'The version that runs; always 1.', ['version'], (_, set) =>
      set.set({ version: options.version }, 1),
    )
    gauge('lanes_owned', 'Webhooks that this node sends for.', [], (from, set) => set.set(from.lanes().owned))
    gauge('requests_in_flight', 'Requests to receivers under way on this node.', [], (from, set) =>
      set.set(from.lanes().requestsInFlight),
    )
    gauge('request_slots', 'The most requests that this node makes at once.', [], (from, set) =>
      set.set(from.lanes().requestSlots),
    )
    gauge('database_connections', 'Connections to the database.', ['pool', 'state'], (from, set) => {
      for (const { pool, busy, idle } of from.connections()) {
        set.set({ pool, state: 'busy' }, busy)
        set.set({ pool, state: 'idle' }, idle)
      }
    })
    gauge('database_connections_limit', 'The most connections of a pool.', ['pool'], (from, set) => {
      for (const { pool, limit } of from.connections()) set.set({ pool }, limit)
    })
    gauge('database_waiting', 'Work that waits for a connection of a pool.', ['pool'], (from, set) => {
      for (const { pool, waiting } of from.connections()) set.set({ pool }, waiting)
    })
    const pendingAges = createRecent(async () => sources!.pendingAges(), {
      clock: options.clock,
      maxAgeMs: PENDING_MAX_AGE_MS,
      timeoutMs: PENDING_TIMEOUT_MS,
      onError: options.onError,
    })
    gauge(
      'pending_deliveries',
      'Deliveries in the queue, by the time since their event. Every node shows those of all nodes: use max(), not sum(). Beyond 10,000 the younger ones are estimated. Missing where the database does not answer.',
      ['age'],
      async (_, set) => {
        const ages = await pendingAges()
        for (const [index, age] of Object.keys(pendingAgeBounds).entries())
          if (ages) set.set({ age }, ages.counts[index]!)
      },
    )
    gauge(
      'pending_oldest_seconds',
      'The time since the event of the oldest delivery in the queue; 0 where there is none. Use max().',
      [],
      async (_, set) => {
        const ages = await pendingAges()
        if (ages) set.set(ages.oldestMs / 1_000)
        else set.remove()
      },
    )
  }
}
