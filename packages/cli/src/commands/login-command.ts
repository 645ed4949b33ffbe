import type { Command } from 'commander'
import { logIn } from '../connection/login.ts'
import type { Context } from '../context.ts'
import { createOutput } from '../terminal/output.ts'
import { jsonOption } from './options.ts'

/** `login`: stores where the service is, and who calls it. */
export function addLoginCommand(program: Command, context: Context, end: (exitCode: number) => void): void {
  program
    .command('login')
    .summary('store the address of the service and an API key')
    .description(
      'Asks for the address of the service and an API key, makes sure that they are right, and stores them in ' +
        '~/.config/workflow-webhooks/config.json (or under XDG_CONFIG_HOME) with mode 0600. The key is asked for without ' +
        'being shown, or read from standard input; it is never an argument, which other users of the machine could see.',
    )
    .option('--url <url>', 'the address of the service; otherwise WORKFLOW_WEBHOOKS_URL, or it is asked for')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ workflow-webhooks login --url https://webhooks.example.com
  $ workflow-webhooks login --url https://webhooks.example.com < key.txt`,
    )
    .action(async ({ url, json = false }: { url?: string; json?: boolean }) => {
      end(await logIn(context, createOutput(context, json), url))
    })
}
