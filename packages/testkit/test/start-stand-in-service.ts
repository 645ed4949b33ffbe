/** Starts the stand-in for the service, says where it is, and never ends: to be killed. */
import { join } from 'node:path'
import { startService } from '../src/service-process.ts'

const service = await startService({ script: join(import.meta.dirname, 'stand-in-service.ts') })
process.stdout.write(`${service.url}\n`)
