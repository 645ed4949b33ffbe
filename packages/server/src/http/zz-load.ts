import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Pool } from 'undici'
const mode = process.argv[2]!
const child = fork(new URL('./zz-server.ts', import.meta.url), [mode])
const [port] = await once(child, 'message')
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 32 })
const body = JSON.stringify({ alert: { alertId: 'al_4821', type: 'content', platform: 'email', subject: 'Invoice overdue: act now', securityDescription: 'A look-alike of the billing department asks for payment. '.repeat(5), agentReasoning: 'Because of this and that, with some more words. '.repeat(8), links: { content: 'https://example.com/x' } } })
const headers = { authorization: 'Bearer outtake_pipeline_ogaHhY7qqSuIdPwmQO-jSNmm7RWZlo3WBl4vUz3LnbY', 'content-type': 'application/json' }
async function run(n: number) {
  let left = n
  await Promise.all(Array.from({ length: 64 }, async () => { while (left-- > 0) { const r = await pool.request({ method: 'POST', path: '/api/v1/workflows/wfl_x/items', headers, body }); if (r.statusCode !== 201) throw new Error(await r.body.text()); await r.body.dump() } }))
}
await run(20_000)
child.send('start'); await once(child, 'message')
const t = performance.now(); const N = 40_000
await run(N)
const s = (performance.now() - t) / 1000
child.send('stop'); const [u] = await once(child, 'message')
console.log(mode.padEnd(8), 'per second', Math.round(N / s), 'cpu µs per call', (u.us / N).toFixed(1), 'user', (u.user / N).toFixed(1), 'sys', (u.sys / N).toFixed(1))
child.send('exit'); await pool.close()
