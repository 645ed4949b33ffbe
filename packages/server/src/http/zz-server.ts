import http from 'node:http'
import Fastify from 'fastify'
import { createTestApp, databaseThat } from '../../test/support/test-app.ts'
import { createAuthenticator } from '../profile/authenticator.ts'
import { systemClock } from '../base/clock.ts'
const mode = process.argv[2]
let server: http.Server
if (mode === 'raw') {
  server = http.createServer((req, res) => { const c: Buffer[] = []; req.on('data', (d) => c.push(d)); req.on('end', () => { const b = JSON.parse(Buffer.concat(c).toString()); const s = JSON.stringify({ itemId: 'i', alertId: b.alert.alertId, state: 'New', sequence: 1, eventId: 'e', created: true }); res.writeHead(201, { 'content-type': 'application/json', 'content-length': s.length }); res.end(s) }) })
} else if (mode === 'fastify') {
  const app = Fastify(); app.post('/api/v1/workflows/:w/items', async (req: any, reply) => reply.code(201).send({ itemId: 'i', alertId: req.body.alert.alertId, state: 'New', sequence: 1, eventId: 'e', created: true })); await app.ready(); server = app.server
} else {
  const database = databaseThat(() => [{ api_key_id: 'k', profile_id: 'p', role: 'pipeline' }])
  const { app } = await createTestApp({ authenticator: createAuthenticator({ database, clock: systemClock }) })
  server = app.server
}
await new Promise<void>((r) => server.listen(0, '127.0.0.1', r))
let start = process.cpuUsage()
process.on('message', (m) => { if (m === 'start') { start = process.cpuUsage(); process.send!('started') } else if (m === 'exit') process.exit(); else { const u = process.cpuUsage(start); process.send!({ us: u.user + u.system, user: u.user, sys: u.system }) } })
process.send!((server.address() as any).port)
