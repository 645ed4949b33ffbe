import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as OTLP has it in JSON, its attributes as an object. */
export type CollectedSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: Record<string, string | number | boolean>
  links: { traceId: string; spanId: string }[]
  startTimeUnixNano: string
  endTimeUnixNano: string
}

/** What an OpenTelemetry collector is to the service: takes traces by OTLP over HTTP. */
export type TraceCollector = {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` has it. */
  endpoint: string
  readonly spans: CollectedSpan[]
  /** All that came, as it came. */
  text(): string
  /** Of the service. */
  readonly resource: Record<string, unknown>
  stop(): Promise<void>
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = []
  const bodies: string[] = []
  const resource: Record<string, unknown> = {}
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const isTraces = request.method === 'POST' && request.url === '/v1/traces'
    if (isTraces) add(Buffer.concat(chunks).toString())
    response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    text: () => bodies.join('\n'),
    resource,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  function add(body: string): void {
    bodies.push(body)
    for (const { resource: told, scopeSpans } of JSON.parse(body).resourceSpans) {
      Object.assign(resource, toObject(told.attributes))
      for (const scope of scopeSpans)
        for (const span of scope.spans)
          spans.push({ ...span, attributes: toObject(span.attributes), links: span.links ?? [] })
    }
  }
}

function toObject(attributes: { key: string; value: Record<string, never> }[]): CollectedSpan['attributes'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!]))
}
