#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { EXIT, Interrupted } from './exit.ts'

const { env, stdin, stdout, stderr } = process

// Left to Node, a fault of the command would end it as an answer does.
process.on('uncaughtException', (error) => {
  stderr.write(`${error.stack ?? error}\n`)
  process.exit(EXIT.trouble)
})

// It starts in half the time. In a place of the user's own: what stands in the cache is run.
const cacheHome = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache')
enableCompileCache(join(cacheHome, 'workflow-webhooks'))
const { run } = await import('./run.ts')

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    const interrupted = new Interrupted(signal)
    // Who asks twice does not want to wait.
    if (stop.signal.aborted) process.exit(interrupted.exitCode)
    stop.abort(interrupted)
  })

// As in `… | head`: nobody reads on.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

process.exitCode = await run(process.argv.slice(2), { env, stdin, stdout, stderr, signal: stop.signal })
// A reader of standard input would keep it from ending.
stdin.unref?.()
