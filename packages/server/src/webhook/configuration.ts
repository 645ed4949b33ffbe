import type { Filter, Topic } from '@workflow-webhooks/contract'
import { plainArray, textArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import type { Workflow } from '../workflow/workflow.ts'
import type { MatchingWebhook } from './match.ts'

/** What events of a workflow are matched against: one version of all its webhooks together. */
export type Configuration = { workflowId: string; version: number; webhooks: MatchingWebhook[] }

type Row = {
  workflow_id: string
  configuration_version: number
  webhook_access: boolean
  webhook_id: string
  webhook_version: number
  topics: Topic[]
  filters: Filter | null
  enabled: boolean
}

/** `configuration` names the versions; each version of a webhook is kept, so an old configuration reads the same. */
const readConfigurationsStatement = statement<Row>(
  'read-configurations',
  `SELECT c.workflow_id, c.version AS configuration_version, c.webhook_access,
          v.webhook_id, v.version AS webhook_version, v.topics, v.filters, v.enabled
   FROM unnest($1::text[], $2::integer[]) AS wanted (workflow_id, version)
   JOIN configuration c ON c.workflow_id = wanted.workflow_id AND c.version = wanted.version
   CROSS JOIN LATERAL json_each_text(c.webhooks) AS used (webhook_id, version)
   JOIN webhook_version v ON v.webhook_id = used.webhook_id AND v.version = used.version::integer
   ORDER BY v.webhook_id`,
)

/** Reads configurations by version. They never change, so they may be kept for as long as memory allows. */
export async function readConfigurations(
  database: StatementRunner,
  wanted: { workflowId: string; version: number }[],
): Promise<Configuration[]> {
  const rows = await database.run(readConfigurationsStatement, [
    textArray(wanted.map(({ workflowId }) => workflowId)),
    plainArray(wanted.map(({ version }) => version)),
  ])
  return wanted.map(({ workflowId, version }) => ({
    workflowId,
    version,
    webhooks: rows
      .filter((row) => row.workflow_id === workflowId && row.configuration_version === version)
      .map((row) => ({
        webhookId: row.webhook_id,
        version: row.webhook_version,
        hasAccess: row.webhook_access,
        enabled: row.enabled,
        topics: row.topics,
        ...(row.filters && { filters: row.filters }),
      })),
  }))
}

const CACHED_WORKFLOWS = 10_000

/** The present configuration of workflows, read once for each version. */
export class ConfigurationCache {
  private readonly byWorkflow = new Map<string, Configuration>()

  /** A workflow's present configuration, if it is remembered. */
  remembered({ workflowId, configurationVersion }: Workflow): Configuration | undefined {
    const cached = this.byWorkflow.get(workflowId)
    return cached?.version === configurationVersion ? cached : undefined
  }

  /**
   * The configurations that `workflows` have now. The workflows must be locked by the transaction, so that the
   * versions in hand are the present ones until it ends.
   */
  async present(
    transaction: StatementRunner,
    workflows: Iterable<Workflow>,
  ): Promise<Map<string, Configuration>> {
    const found = new Map<string, Configuration>()
    const missing: { workflowId: string; version: number }[] = []
    for (const workflow of workflows) {
      const { workflowId, configurationVersion: version } = workflow
      const cached = this.remembered(workflow)
      if (cached) found.set(workflowId, cached)
      else missing.push({ workflowId, version })
    }
    if (missing.length > 0) {
      for (const configuration of await readConfigurations(transaction, missing)) {
        if (this.byWorkflow.size >= CACHED_WORKFLOWS) this.byWorkflow.clear()
        this.byWorkflow.set(configuration.workflowId, configuration)
        found.set(configuration.workflowId, configuration)
      }
    }
    return found
  }
}
