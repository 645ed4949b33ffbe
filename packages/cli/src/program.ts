import { Command } from 'commander'
import { addDeliveriesCommand } from './commands/deliveries-command.ts'
import { addGapsCommand } from './commands/gaps-command.ts'
import { addListenCommand } from './commands/listen-command.ts'
import { addLoginCommand } from './commands/login-command.ts'
import { addReplayCommand } from './commands/replay-command.ts'
import { addTriggerCommand } from './commands/trigger-command.ts'
import type { Context } from './context.ts'
import { version } from './version.ts'

/** Makes the command with all that is under it; `end` is told the exit code. */
export function createProgram(context: Context, end: (exitCode: number) => void): Command {
  const program = new Command('workflow-webhooks')
    .description('Receive, follow, replay and check the deliveries of workflow webhooks.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    })
    .showHelpAfterError('(--help shows the options, with examples)')
    .addHelpText(
      'after',
      `
Where the service is, and who calls it:
  workflow-webhooks login        asks for both and stores them, readable by you alone
  WORKFLOW_WEBHOOKS_URL, WORKFLOW_WEBHOOKS_API_KEY   come before what is stored

Exit codes:
  0  done; Ctrl-C ends \`listen\` and \`deliveries tail\` so too
  1  the answer is no: there are gaps, or a delivery failed or was canceled; nothing else ends with it
  2  it cannot be done or told: wrong usage, a wrong key or id, a call refused, a service out of reach
  3  not known yet: no gaps so far (\`gaps\`), or no result (\`trigger\`), and deliveries are still on their way
  130, 143  ended by Ctrl-C or SIGTERM before it was done

With --json, each line of standard output is one JSON object with a \`type\`; all else goes to standard error.

Examples:
  $ workflow-webhooks listen --tls --forward http://localhost:3000/hooks
  $ workflow-webhooks deliveries tail --workflow wfl_… --status failed
  $ workflow-webhooks replay --workflow wfl_… --webhook whk_… --gaps --from 2h`,
    )
  addLoginCommand(program, context, end)
  addListenCommand(program, context)
  addTriggerCommand(program, context, end)
  addDeliveriesCommand(program, context)
  addReplayCommand(program, context, end)
  addGapsCommand(program, context, end)
  return program
}
