/** Starts a server, says where it is, and never ends: to be killed. */
import { startPostgres } from '../src/postgres-server.ts'

const server = await startPostgres({ settings: { fsync: 'off' } })
process.stdout.write(`${server.url('postgres')}\n`)
setInterval(() => {}, 60_000)
