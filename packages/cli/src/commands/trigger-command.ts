import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { createOutput } from '../terminal/output.ts'
import { triggerTest } from '../trigger.ts'
import { connect, jsonOption, need, numberParser, webhookOption, workflowOption } from './options.ts'

type Options = { workflow?: string; webhook?: string; timeout: number; json?: boolean }

/** `trigger`: the sample event. */
export function addTriggerCommand(program: Command, context: Context, end: (exitCode: number) => void): void {
  program
    .command('trigger')
    .summary('send the sample event and show what the receiver answers')
    .description(
      'Sends the sample event to a webhook, whatever its topics and filters, by the way of all deliveries and with one ' +
        'attempt; waits for its outcome and prints request and response.',
    )
    .addOption(workflowOption())
    .addOption(webhookOption())
    .option('--timeout <seconds>', 'how long to wait', numberParser(1, 3_600), 60)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit code 1 if it was not delivered, 3 if it is still on its way when the time is over.

Example:
  $ workflow-webhooks trigger --workflow wfl_… --webhook whk_…`,
    )
    .action(async ({ workflow, webhook, timeout, json = false }: Options) => {
      const options = {
        workflowId: need(workflow, '--workflow', 'wfl_…'),
        webhookId: need(webhook, '--webhook', 'whk_…'),
        timeoutMs: timeout * 1_000,
      }
      end(await triggerTest(await connect(context), createOutput(context, json), options, context.signal))
    })
}
