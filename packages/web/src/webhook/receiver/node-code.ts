import { literal, pathOf, type ReceiverFacts, SECRET_VARIABLE, topicWord } from './receiver-facts.ts'

/** A receiver in JavaScript for Node. */
export function nodeCode(facts: ReceiverFacts): string {
  return `// Save as receiver.mjs. Node 18 or newer, no packages:
//   ${SECRET_VARIABLE}='…' node receiver.mjs
// Put TLS in front of it: deliveries go to https URLs only.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const PATH = ${literal(pathOf(facts))}
const MAX_BODY_BYTES = 1024 * 1024
const TOLERANCE_SECONDS = 300

// While you rotate the secret, give the new one and the old one with a space between.
const keys = (process.env.${SECRET_VARIABLE} ?? '').split(' ').filter(Boolean).map(keyOf)
if (keys.length === 0 || keys.some((key) => key.length === 0)) throw new Error('Set ${SECRET_VARIABLE}')

// What each topic means to you; an event can have several.
const onTopic = {
${facts.topics.map(onTopic).join('\n')}
}

// The ids of the events that are handled, for this endpoint. Keep them in your database: they must outlive this process.
const handled = new Set()

async function handle(payload) {
  if (payload.test) return console.log('A test event came, and its signature is right.')
  for (const topic of payload.topics) await onTopic[topic]?.(payload)
}

async function receive(request) {
  if (request.method !== 'POST' || request.url.split('?', 1)[0] !== PATH) return 404
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return 413
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks) // the raw bytes: the signature is over them, not over parsed JSON
  const problem = problemWith(request.headers, body)
  if (problem !== undefined) {
    console.warn('401:', problem)
    return 401
  }
  const id = request.headers['webhook-id']
  if (!handled.has(id)) {
    await handle(JSON.parse(body.toString('utf8')))
    handled.add(id) // only now: what throws above is answered 500 and comes again
  }
  return 204
}

// What is wrong with a request, for the log only; undefined if it is genuine.
function problemWith(headers, body) {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (id === '' || id.includes('.') || !/^\\d{1,12}$/.test(timestamp)) {
    return 'webhook-id or webhook-timestamp is missing or malformed'
  }
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return 'webhook-timestamp is more than 5 minutes off: check the clock'
  }
  // Several signatures, space separated, while the secret is being rotated.
  const given = (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
  const isRight = keys.some((key) => {
    const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest()
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected))
  })
  return isRight ? undefined : 'no signature matches: check the secret, and that nothing changed the body'
}

function keyOf(secret) {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
}

createServer(async (request, response) => {
  const status = await receive(request).catch((error) => {
    console.error(error)
    return 500
  })
  response.writeHead(status).end()
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
`
}

function onTopic(topic: string): string {
  return `  '${topic}': async ({ workflow }) =>
    console.log('${topicWord(topic)}:', workflow.itemId, 'is now in', workflow.newState),`
}
