import { type Kysely, sql } from 'kysely'
import { keyRange } from '../../database/key-range.ts'
import type { Schema } from '../../database/schema.ts'
import type { Workflow } from '../../workflow/workflow.ts'

/** What one webhook has counted in one step: to be read with `addEncoded`. */
export type StepCounts = { webhookId: string; startMs: number; encoded: Buffer }

/**
 * Reads what the webhooks of a workflow have counted since an instant, deleted ones among them, or what one of them
 * has, summed up to steps: at most one row for each webhook and step, in no order; none where there is nothing.
 */
export async function readStepCounts(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  { fromMs, stepMs, webhookId }: { fromMs: number; stepMs: number; webhookId?: string | undefined },
): Promise<StepCounts[]> {
  const { condition } = keyRange(
    ['delivery_statistics.webhook_id', 'delivery_statistics.period'],
    [sql.ref('webhook.webhook_id')],
    { least: new Date(fromMs), below: sql`'infinity'::timestamptz` },
  )
  const step = sql`${stepMs}::integer * interval '1 millisecond'`
  const { rows } = await sql<{ webhook_id: string; start: Date; counts: Buffer }>`
    SELECT webhook.webhook_id, counted.start, counted.counts
    FROM webhook
    CROSS JOIN LATERAL (
      SELECT date_bin(${step}, period, timestamptz 'epoch') AS start, string_agg(counts, '') AS counts
      FROM delivery_statistics WHERE ${condition}
      GROUP BY 1
    ) AS counted
    WHERE webhook.workflow_id = ${workflowId} ${webhookId === undefined ? sql`` : sql`AND webhook.webhook_id = ${webhookId}`}
  `.execute(db)
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    startMs: row.start.getTime(),
    encoded: row.counts,
  }))
}
