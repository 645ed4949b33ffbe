import { type DeliveryStatus, deliveryStatuses, type Topic, topics } from '@workflow-webhooks/contract'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { tailDeliveries } from '../deliveries/tail.ts'
import { createOutput } from '../terminal/output.ts'
import { connect, jsonOption, need, numberParser, webhookOption, workflowOption } from './options.ts'

type TailOptions = {
  workflow?: string
  webhook?: string
  status?: DeliveryStatus
  topic?: Topic
  last: number
  json?: boolean
}

/** `deliveries`: the log of deliveries. */
export function addDeliveriesCommand(program: Command, context: Context): void {
  const deliveries = program
    .command('deliveries')
    .description('The log of deliveries.')
    .addHelpText(
      'after',
      `
Example:
  $ workflow-webhooks deliveries tail --workflow wfl_…`,
    )
  deliveries
    .command('tail')
    .summary('print the last deliveries, and then each new one and each change')
    .description(
      'Prints the last deliveries of a workflow and then, as they happen, new ones, failed attempts and results, until ' +
        'Ctrl-C. Where the connection is cut it comes back, and misses nothing.',
    )
    .addOption(workflowOption())
    .addOption(webhookOption())
    .addOption(new Option('--status <status>', 'only those that are').choices(deliveryStatuses))
    .addOption(new Option('--topic <topic>', 'only of this topic').choices(topics))
    .option('--last <number>', 'how many of the last ones', numberParser(0, 10_000), 20)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ workflow-webhooks deliveries tail --workflow wfl_…
  $ workflow-webhooks deliveries tail --workflow wfl_… --webhook whk_… --status failed --last 0
  $ workflow-webhooks deliveries tail --workflow wfl_… --json | jq -c '[.change, .status, .subject]'`,
    )
    .action(async ({ workflow, webhook, json = false, ...options }: TailOptions) => {
      const scope = { workflowId: need(workflow, '--workflow', 'wfl_…'), webhookId: webhook }
      await tailDeliveries(context, await connect(context), createOutput(context, json), {
        ...options,
        ...scope,
      })
    })
}
