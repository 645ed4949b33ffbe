import { replayableStatuses } from '@workflow-webhooks/contract'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../exit.ts'
import { replayDeliveries } from '../replay/replay-deliveries.ts'
import { replaySelection } from '../replay/replay-selection.ts'
import { type SelectionFlags, toSelection } from '../replay/selection.ts'
import { createOutput } from '../terminal/output.ts'
import { connect, jsonOption, timeOption, webhookOption, workflowOption } from './options.ts'

type ReplayOptions = SelectionFlags & {
  workflow?: string
  webhook?: string
  dryRun?: true
  yes?: boolean
  json?: boolean
}

/** `replay`: named deliveries, or many events. */
export function addReplayCommand(program: Command, context: Context, end: (exitCode: number) => void): void {
  const nowMs = Date.now()
  program
    .command('replay')
    .summary('send events again')
    .description(
      'Replays the deliveries that are named, or events of a webhook by what became of them and by time. For those it says ' +
        'how many there are and asks; where there is no terminal, --yes has to say so. Shows how far it is until all have ended. A replay has the ' +
        'same webhook-id and bytes, and another x-outtake-delivery-id.',
    )
    .argument('[deliveryId...]', 'deliveries: dlv_…')
    .addOption(workflowOption())
    .addOption(webhookOption())
    .addOption(
      new Option('--status <status>', 'events whose deliveries are so; failed by default')
        .choices(replayableStatuses)
        .conflicts(['missed', 'gaps']),
    )
    .addOption(
      new Option('--missed', 'events that no delivery was made of, such as in a pause').conflicts('gaps'),
    )
    .option('--gaps', 'events that the gap check finds')
    .addOption(timeOption('--from <time>', 'from then on', nowMs))
    .addOption(timeOption('--to <time>', 'before then; now by default', nowMs))
    .option('--latest-only', 'of each item only its latest event, in place of those chosen')
    .addOption(
      new Option('--dry-run', 'only say how many events that takes, and replay nothing').conflicts('yes'),
    )
    .option('-y, --yes', 'do not ask')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit code 1 if a delivery failed or was canceled, or if you answer no; 2 if one could not be replayed.

Examples:
  $ workflow-webhooks replay dlv_… dlv_…
  $ workflow-webhooks replay --workflow wfl_… --webhook whk_… --from 2h
  $ workflow-webhooks replay --workflow wfl_… --webhook whk_… --gaps --from 1d --dry-run
  $ workflow-webhooks replay --workflow wfl_… --webhook whk_… --gaps --from 2026-11-23T21:00:00Z --to 1h --yes
  $ workflow-webhooks replay --workflow wfl_… --webhook whk_… --missed --from 1d --latest-only`,
    )
    .action(async (deliveryIds: string[], options: ReplayOptions) => {
      const { workflow, webhook, dryRun, yes = false, json = false, ...flags } = options
      const output = createOutput(context, json)
      if (deliveryIds.length > 0) {
        refuseSelection({ workflow, webhook, ...flags })
        if (dryRun)
          throw new UsageError(
            '--dry-run is for events that are chosen; of named deliveries, each is replayed.',
          )
        end(await replayDeliveries(await connect(context), output, [...new Set(deliveryIds)], context.signal))
        return
      }
      if (workflow === undefined || webhook === undefined)
        throw new UsageError('Say what to replay: the ids of deliveries, or --workflow and --webhook.')
      const selection = toSelection(flags, new Date(nowMs).toISOString())
      const selected = {
        workflowId: workflow,
        webhookId: webhook,
        selection,
        isConfirmed: yes,
        isDryRun: dryRun === true,
      }
      end(await replaySelection(context, await connect(context), output, selected))
    })
}

function refuseSelection(options: Record<string, unknown>): void {
  const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? []
  if (given === undefined) return
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${option} chooses events; leave it out where deliveries are named.`)
}
