/** Stands in for the service: its settings say how it behaves. */
import { type AddressInfo, createServer } from 'node:net'

const { BEHAVIOR, ...settings } = process.env

if (BEHAVIOR === 'fails') {
  process.stderr.write('PORT: must be a number\n')
  process.exit(1)
}
process.on('SIGTERM', () => {
  if (BEHAVIOR !== 'ignores SIGTERM') process.exit(0)
})
setInterval(() => {}, 60_000)
process.stdout.write('{ this line is not JSON\n')
process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'settings', settings, argv: process.argv })}\n`)
if (BEHAVIOR !== 'never listens') {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    const line = JSON.stringify({ level: 'info', msg: 'listening', url: `http://127.0.0.1:${port}/` })
    process.stdout.write(line.slice(0, 20))
    setImmediate(() => process.stdout.write(`${line.slice(20)}\n`))
  })
}
