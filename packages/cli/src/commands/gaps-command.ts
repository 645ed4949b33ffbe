import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { checkGaps } from '../gaps.ts'
import { createOutput } from '../terminal/output.ts'
import { connect, jsonOption, need, timeOption, webhookOption, workflowOption } from './options.ts'

type Options = { workflow?: string; webhook?: string; from?: string; to?: string; json?: boolean }

/** `gaps`: the gap check. */
export function addGapsCommand(program: Command, context: Context, end: (exitCode: number) => void): void {
  const nowMs = Date.now()
  program
    .command('gaps')
    .summary('list the events that a webhook should have had and has not')
    .description(
      'Lists the events of a time that a webhook should have had and has not, and why: its delivery failed or was ' +
        'canceled, or it was disabled or had no access.',
    )
    .addOption(workflowOption())
    .addOption(webhookOption())
    .addOption(timeOption('--from <time>', 'from then on', nowMs))
    .addOption(timeOption('--to <time>', 'before then; now by default', nowMs))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit code 1 if there are gaps; \`replay --gaps\` with the same options closes them. 3 if there are none, as far as is
known yet: deliveries are still on their way.

Examples:
  $ workflow-webhooks gaps --workflow wfl_… --webhook whk_… --from 1d
  $ workflow-webhooks gaps --workflow wfl_… --webhook whk_… --from 2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z`,
    )
    .action(async ({ workflow, webhook, from, to, json = false }: Options) => {
      const options = {
        workflowId: need(workflow, '--workflow', 'wfl_…'),
        webhookId: need(webhook, '--webhook', 'whk_…'),
        from: need(from, '--from', '2h'),
        to,
      }
      end(await checkGaps(await connect(context), createOutput(context, json), options))
    })
}
