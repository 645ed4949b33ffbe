import type { Kysely } from 'kysely'
import { notFound } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import type { Workflow } from '../workflow/workflow.ts'

/** Requires that the webhook is one of the workflow's, be it deleted: its log can still be read. @throws AppError not_found */
export async function requireWebhook(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  webhookId: string,
): Promise<void> {
  const webhook = await db
    .selectFrom('webhook')
    .select('webhook_id')
    .where('webhook_id', '=', webhookId)
    .where('workflow_id', '=', workflowId)
    .executeTakeFirst()
  if (!webhook) throw notFound('webhook')
}
