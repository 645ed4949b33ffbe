import { parseArgs } from 'node:util'
import type { Logger } from 'pino'
import { createLog } from './base/log.ts'
import { onStopSignal } from './base/stop-signals.ts'
import { type Config, readConfig } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase, startService } from './service.ts'
import { explainStart, StartError } from './start-error.ts'

const DEMO_USAGE = `Usage: npm run demo -- [--feed FILE.csv] [--keep]

  --feed FILE.csv  files the rows of a CSV file (columns date,URL,description), each as one alert
  --keep           stays up until Ctrl-C, with the app and the API to try`

const commands: Record<string, () => Promise<void>> = { serve, migrate: migrateOnly, demo }

const command = commands[process.argv[2] ?? '']
if (command) await command()
else fail(`There is no command “${process.argv[2] ?? ''}”. Commands: ${Object.keys(commands).join(', ')}.`)

/** Serves until SIGTERM or SIGINT, then stops in good order. */
async function serve(): Promise<void> {
  const { config, log } = configure()
  try {
    const service = await startService(config, log)
    log.info({ url: service.url }, 'listening')
    // To a person only: what is not a terminal is kept, and read by many.
    if (service.firstOperator && process.stderr.isTTY)
      process.stderr.write(
        `\nOpen this within an hour to become the first operator:\n${service.firstOperator.url}\n\n`,
      )
    onStopSignal((signal) => {
      log.info({ signal }, 'stopping')
      service.stop().then(
        () => {
          log.info('stopped')
          process.exit(0)
        },
        (error) => exitWith(log, error),
      )
    })
  } catch (error) {
    exitWith(log, explainStart(error, config))
  }
}

async function migrateOnly(): Promise<void> {
  const { config, log } = configure()
  try {
    const database = await openDatabase(config, log)
    await migrate(database.kysely)
    await database.close()
    log.info('migrated')
  } catch (error) {
    exitWith(log, explainStart(error, config))
  }
}

async function demo(): Promise<void> {
  const options = parseDemoOptions()
  // Here, since the service itself needs nothing of what the demo is made of.
  const { runDemo } = await import('./demo/demo.ts')
  process.exitCode = await runDemo(options)
}

function parseDemoOptions(): { feed?: string | undefined; keep: boolean } {
  try {
    const options = {
      feed: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const
    const { help, ...values } = parseArgs({ args: process.argv.slice(3), options }).values
    if (!help) return values
    process.stdout.write(`${DEMO_USAGE}\n`)
    process.exit(0)
  } catch (error) {
    fail(`${(error as Error).message}\n${DEMO_USAGE}`)
  }
}

function configure(): { config: Config; log: Logger } {
  try {
    const config = readConfig(process.env)
    return { config, log: createLog(config.logLevel) }
  } catch (error) {
    fail((error as Error).message)
  }
}

function exitWith(log: Logger, error: unknown): never {
  // To a person, who has to change a setting, a line of JSON with a stack says no more.
  if (error instanceof StartError && process.stderr.isTTY)
    fail(`The service did not start:\n  ${error.message}`)
  log.fatal({ err: error }, (error as Error).message)
  process.exit(1)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
