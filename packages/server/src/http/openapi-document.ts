import { type ErrorCode, errorCodes, PROBLEM_MEDIA_TYPE, problemOf } from '@workflow-webhooks/contract'
import { type Access, accessOf, EVERYBODY } from './access.ts'

/** As much of an OpenAPI 3.1 document as is worked on here. */
export type OpenapiDocument = {
  paths: Record<string, Record<string, Operation>>
  webhooks?: Record<string, unknown>
  components: { schemas: Record<string, unknown>; responses?: Record<string, unknown> }
}

/** What the document says of a route beyond its schemas; the route declares it in its `config`. */
export type RouteFacts = {
  /** A `POST` of which a lost answer does no harm: it takes no `Idempotency-Key`. */
  isHarmless?: boolean
  /** So many calls go through, the next are too many tries. */
  isLimited?: boolean
  /** Changes what has a version, and takes the one that was read as `If-Match`. */
  isVersioned?: boolean
}

/** Where an operation has its facts until the document is finished; the generator lets nothing through but `x-`. */
export const ROUTE_FACTS = 'x-route-facts'

type Operation = {
  [ROUTE_FACTS]?: RouteFacts
  operationId?: string
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: RequestBody
  responses: Record<string, { $ref: string } | { description: string }>
  description?: string
}
type RequestBody = {
  required?: boolean
  content: Record<string, { schema: { $ref?: string; type?: string; required?: string[] } }>
}
type Parameter = { name: string; in: string }

/**
 * Adds what the routes have in common: who may call, problems, the headers of idempotency and versions; and what the
 * service itself sends. Gives schemas one name each, and leaves out those that nothing names.
 */
export function finishDocument(document: OpenapiDocument): OpenapiDocument {
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations))
      finishOperation(document, path, method, operation)
  document.components.responses = problemResponses()
  document.webhooks = { delivery, notice }
  return nameSchemas(document)
}

function finishOperation(
  { components }: OpenapiDocument,
  path: string,
  method: string,
  operation: Operation,
): void {
  const facts = operation[ROUTE_FACTS] ?? {}
  delete operation[ROUTE_FACTS]
  operation.operationId = operationId(path, method)
  for (const [status, response] of Object.entries(operation.responses))
    if ('description' in response) response.description = meanings[status] ?? response.description
  // The generator takes “no answer” for null.
  if (operation.responses['204']) operation.responses['204'] = { description: meanings['204']! }
  if (!path.startsWith('/api/v1')) {
    operation.security = []
    if (path === '/readyz') operation.responses['503'] = { $ref: '#/components/responses/Problem503' }
    return
  }
  const access = accessOf(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'))
  if (access === EVERYBODY) operation.security = []
  operation.description = [operation.description, rolesText(access)].filter(Boolean).join('\n\n')
  if (method === 'post' && operation.requestBody && takesNoBody(operation.requestBody, components.schemas))
    operation.requestBody.required = false
  const headers: Parameter[] = []
  if (method === 'post' && !facts.isHarmless) headers.push(idempotencyKey)
  if (facts.isVersioned) headers.push(ifMatch)
  if (headers.length > 0) operation.parameters = [...(operation.parameters ?? []), ...headers]
  for (const status of problemStatuses(method, operation, facts))
    operation.responses[status] = { $ref: `#/components/responses/Problem${status}` }
}

/** A body whose fields are all optional may be left out altogether. */
function takesNoBody({ content }: RequestBody, schemas: Record<string, unknown>): boolean {
  const given = content['application/json']?.schema
  const name = given?.$ref?.slice(SCHEMAS.length)
  const schema = name === undefined ? given : (schemas[name] as typeof given)
  return schema?.type === 'object' && !schema.required?.length
}

function rolesText(access: Access): string {
  if (access === EVERYBODY) return 'For everybody.'
  const roles = ['operator', ...access]
  return `For the role${roles.length > 1 ? 's' : ''} ${roles.join(', ')}.`
}

const meanings: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'On its way.',
  204: 'Done; there is nothing to say.',
}

/** `GET /workflows/{workflowId}/items` is `getWorkflowsWorkflowIdItems`: stable, for generated clients. */
function operationId(path: string, method: string): string {
  const words = path
    .replace('/api/v1', '')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
}

function problemStatuses(method: string, operation: Operation, facts: RouteFacts): number[] {
  return [
    400,
    401,
    403,
    404,
    ...(method === 'get' ? [] : [409]),
    ...(facts.isVersioned ? [412] : []),
    ...(operation.requestBody ? [413, 415] : []),
    ...(facts.isLimited ? [429] : []),
    500,
    503,
  ]
}

function problemResponses(): Record<string, unknown> {
  const codesByStatus = Map.groupBy(Object.keys(errorCodes) as ErrorCode[], (code) => errorCodes[code].status)
  return Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [`Problem${status}`, problemResponse(codes)]),
  )
}

function problemResponse(codes: ErrorCode[]): unknown {
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join('\n\n'),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: problemOf(code) }])),
      },
    },
  }
}

/**
 * The generator makes two of each schema, `Webhook` for answers and `WebhookInput` for what is sent. Where only one is
 * used, or both say the same, it gets the plain name.
 */
function nameSchemas(document: OpenapiDocument): OpenapiDocument {
  const { schemas } = document.components
  const used = reachable(document)
  const renamed = new Map<string, string>()
  for (const name of used) {
    const plain = name.replace(/Input$/, '')
    if (plain !== name && schemas[plain] !== undefined && (!used.has(plain) || isSame(schemas, name, plain)))
      renamed.set(name, plain)
  }
  const kept = Object.fromEntries([...used].sort().map((name) => [renamed.get(name) ?? name, schemas[name]]))
  const result = { ...document, components: { ...document.components, schemas: kept } }
  return JSON.parse(JSON.stringify(result), (_key, value) => {
    const name = typeof value === 'string' && value.startsWith(SCHEMAS) ? value.slice(SCHEMAS.length) : ''
    return renamed.has(name) ? SCHEMAS + renamed.get(name) : value
  })
}

const SCHEMAS = '#/components/schemas/'

/** The names of the schemas that are referred to, from the paths and from one another. */
function reachable({ paths, webhooks, components }: OpenapiDocument): Set<string> {
  const names = new Set<string>()
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (names.has(name!)) continue
      names.add(name!)
      visit(components.schemas[name!])
    }
  }
  visit(paths)
  visit(webhooks)
  visit(components.responses)
  return names
}

function isSame(schemas: Record<string, unknown>, input: string, output: string): boolean {
  const plain = (name: string) =>
    JSON.stringify(schemas[name]).replaceAll(/(#\/components\/schemas\/[^"]+?)Input"/g, '$1"')
  return plain(input) === plain(output)
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'For 24 hours the same key from the same caller on the same route gets the same answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` that was read. If it is stale, 412 with the present values.',
  schema: { type: 'string', examples: ['"3"'] },
}

/** What the receivers of webhooks get. */
const delivery = {
  post: {
    operationId: 'receiveDelivery',
    summary: 'A delivery, as your endpoint receives it',
    description:
      'Any 2xx within the time limit is a success. Deduplicate on `webhook-id`: deliveries come at least once, and a replay has the same id. Verify `webhook-signature`, or compare `x-outtake-secret`.',
    security: [],
    parameters: [
      ['webhook-id', 'The `eventId`.'],
      ['webhook-timestamp', 'Seconds since 1970.'],
      [
        'webhook-signature',
        'Standard Webhooks: `v1,` and HMAC-SHA256 in base64; two while a rotation overlaps.',
      ],
      ['x-outtake-secret', 'The shared secret.'],
      ['x-outtake-delivery-id', 'Of this delivery; a replay has another.'],
      ['x-outtake-attempt', 'From 1.'],
    ].map(([name, description]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/DeliveryPayload' } } },
    },
    responses: { '2XX': { description: 'Received.' } },
  },
}

/** What an operational webhook gets. */
const notice = {
  post: {
    ...delivery.post,
    operationId: 'receiveNotice',
    summary: 'A notice, as your operational webhook receives it',
    description:
      'Sent and signed as deliveries are; `webhook-id` is the `noticeId`. Notices come at least once, and may overtake one another: go by `at`.',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Notice' } } },
    },
  },
}
