import {
  type Attributes,
  type HrTime,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { TimeSpan } from '../base/telemetry.ts'

/** The ids of a span. */
export type SpanIds = { traceId: string; spanId: string }

/** A span that has ended. */
export type EndedSpan = SpanIds &
  TimeSpan & {
    name: string
    kind?: 'server' | 'client'
    parentSpanId?: string | undefined
    links?: SpanIds[]
    attributes: Attributes
    /** What went wrong, as a code. */
    error?: string | undefined
  }

export type SpanRecorder = {
  record(span: EndedSpan): void
  /** Sends what there is, as far as that goes within a few seconds. */
  close(): Promise<void>
}

const EXPORT_TIMEOUT_MS = 5_000
/** What is made faster than the collector takes it is dropped from here on: some 50 MB. */
const MAX_QUEUED_SPANS = 32_768
const SPANS_AT_ONCE = 2_048
/** While a collector is down, once in a while says enough. */
const COMPLAINT_INTERVAL_MS = 60_000
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT }

/**
 * Sends spans to an OTLP endpoint (JSON over HTTP). Spans are given when they have ended, with ids of their own. Nothing
 * is registered globally: libraries with instrumentation of their own must not trace into it.
 *
 * @param options.endpoint as `OTEL_EXPORTER_OTLP_ENDPOINT` has it, without the path of the signal
 */
export function createSpanRecorder(options: {
  endpoint: string
  serviceName: string
  version: string
  log: Logger
}): SpanRecorder {
  const { endpoint, serviceName, version, log } = options
  const next: SpanIds = { traceId: '', spanId: '' }
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    // Taken when a span is started, which is done at once.
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: complaining(exporter, log),
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
        maxQueueSize: MAX_QUEUED_SPANS,
        maxExportBatchSize: SPANS_AT_ONCE,
        scheduledDelayMillis: 1_000,
      }),
    ],
  })
  const tracer = provider.getTracer('workflow-webhooks', version)

  return {
    record({ name, kind, traceId, spanId, parentSpanId, startedAt, endedAt, links, attributes, error }) {
      next.traceId = traceId
      next.spanId = spanId
      const context =
        parentSpanId === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, toContext({ traceId, spanId: parentSpanId }))
      const span = tracer.startSpan(
        name,
        {
          startTime: toHrTime(startedAt),
          attributes,
          ...(kind && { kind: KINDS[kind] }),
          ...(links && { links: links.map(toLink) }),
        },
        context,
      )
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
      span.end(toHrTime(endedAt))
    },
    close: () => provider.shutdown().catch(() => {}), // what could not be sent has been told
  }
}

/** Says when spans could not be sent; the SDK itself says nothing. */
function complaining(exporter: SpanExporter, log: Logger): SpanExporter {
  let complainedAt = Number.NEGATIVE_INFINITY
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - complainedAt > COMPLAINT_INTERVAL_MS) {
          complainedAt = performance.now()
          log.warn({ err: result.error, spans: spans.length }, 'traces could not be sent')
        }
        done(result)
      })
    },
    shutdown: () => exporter.shutdown(),
  }
}

function toContext({ traceId, spanId }: SpanIds): SpanContext {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }
}

function toLink(ids: SpanIds): Link {
  return { context: toContext(ids) }
}

/** A number would be taken for milliseconds since the start of the process where it is small. */
function toHrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000)
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)]
}
