import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** A server process in a directory of its own. */
export interface RunningPostgres {
  /** Whether it has ended by itself. */
  hasEnded(): boolean
  readLog(): Promise<string>
  /** Ends it at once and removes its files. May be repeated. */
  stop(): Promise<void>
}

/**
 * Makes a database cluster for the user `postgres` with this password, and runs a server on it until `stop`
 * or the end of this process, however that comes.
 */
export async function runPostgres(
  binaries: PostgresBinaries,
  password: string,
  settings: Record<string, string>,
): Promise<RunningPostgres> {
  const directory = await makeDirectory(binaries, password)
  const supervisor = await startSupervisor(binaries, directory, settings)
  return {
    hasEnded: () => existsSync(join(directory, 'ended')),
    readLog: () => readFile(join(directory, 'log'), 'utf8'),
    async stop() {
      supervisor.ref()
      supervisor.stdin?.end()
      if (supervisor.exitCode === null && supervisor.signalCode === null) await once(supervisor, 'exit')
      // Nothing is left of it, unless the supervisor was itself killed.
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function makeDirectory({ temporaryDirectory, user }: PostgresBinaries, password: string) {
  const directory = await mkdtemp(join(temporaryDirectory, 'workflow-webhooks-postgres-'))
  const passwordFile = join(directory, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) {
    await chown(passwordFile, user.uid, user.gid)
    await chown(directory, user.uid, user.gid)
  }
  return directory
}

/**
 * Outlives us: its standard input closes when we end, even by SIGKILL, when nobody else is left to stop the
 * server and remove its files. `read` returns at that moment. A server that ends by itself leaves its log,
 * for us to read, until then. SIGQUIT is sent until it is heard: what a shell starts in the background ignores
 * it at first, and `read` returns before the server runs where we end during `initdb`.
 */
const supervision = `
directory=$1 initdb=$2; shift 2
exec 3<&0 </dev/null
if "$initdb" --pgdata="$directory/data" --username=postgres --pwfile="$directory/password" \\
  --auth=scram-sha-256 --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync
then
  "$@" 3<&- & server=$!
  { read -r _ <&3; while kill -QUIT "$server" 2>/dev/null; do sleep 1; done; } & watcher=$!
  wait "$server"
  kill "$watcher" 2>/dev/null
fi
: >"$directory/ended"
read -r _ <&3
rm -rf "$directory"
`

async function startSupervisor(
  { initdb, postgres, user }: PostgresBinaries,
  directory: string,
  settings: Record<string, string>,
) {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = [postgres, '-D', join(directory, 'data'), ...flags]
  const log = await open(join(directory, 'log'), 'a')
  const supervisor = spawn('/bin/sh', ['-c', supervision, 'sh', directory, initdb, ...server], {
    cwd: '/',
    // A process group of its own: Ctrl-C in a terminal must end the server after those who use it.
    detached: true,
    // Nothing of ours: PGDATA, PGPORT and the like would be taken for settings.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', log.fd, log.fd],
    ...user,
  })
  await once(supervisor, 'spawn').finally(() => log.close())
  supervisor.unref()
  return supervisor
}
