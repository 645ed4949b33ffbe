import { Readable } from 'node:stream'
import {
  type DeliveryFilter,
  deliveryExportQuerySchema,
  deliveryListQuerySchema,
  deliveryListSchema,
  type ExportFormat,
  workflowDeliveryExportQuerySchema,
  workflowDeliveryListQuerySchema,
} from '@workflow-webhooks/contract'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Schema } from '../database/schema.ts'
import { exportDeliveries } from '../delivery/log/export-deliveries.ts'
import { listDeliveries } from '../delivery/log/list-deliveries.ts'
import { requireWebhook } from '../delivery/require-webhook.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { webhookPath, workflowPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['Deliveries']

const listDescription =
  'However many there are, a page comes quickly: it looks through a bounded number of them, so with filters it can be short or empty while `nextCursor` leads on; `searchedTo` then says how far back it has looked.'
const exportDescription =
  'All that the filters ask for, newest first, as a file: CSV with a header row, or a JSON object a line. In CSV, what a spreadsheet would take for a formula has an apostrophe before it.'
const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
}

const exportAnswer = {
  200: {
    description: 'The file, as it is read from the log.',
    content: Object.fromEntries(
      Object.values(contentTypes).map((type) => [type.split(';')[0]!, { schema: z.string() }]),
    ),
  },
}

/** The log of deliveries: of a webhook, and of all webhooks of a workflow. */
export function addLogRoutes(app: ZodApp, { database: { kysely } }: RouteContext): void {
  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/deliveries',
    {
      schema: {
        tags,
        summary: 'List the deliveries of a webhook, newest first',
        description: listDescription,
        params: webhookPath,
        querystring: deliveryListQuerySchema.strict(),
        response: { 200: deliveryListSchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId } = request.params
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return listDeliveries(kysely, workflow, { ...request.query, webhookId })
    },
  )

  app.get(
    '/workflows/:workflowId/deliveries',
    {
      schema: {
        tags,
        summary: 'List the deliveries of a workflow, newest first',
        description: listDescription,
        params: workflowPath,
        querystring: workflowDeliveryListQuerySchema.strict(),
        response: { 200: deliveryListSchema },
      },
    },
    async (request) =>
      listDeliveries(
        kysely,
        await readWorkflow(kysely, request.actor, request.params.workflowId),
        request.query,
      ),
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/deliveries/export',
    {
      // A look at the headers alone must not read all of the log.
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Export the deliveries of a webhook',
        description: exportDescription,
        params: webhookPath,
        querystring: deliveryExportQuerySchema.strict(),
        response: exportAnswer,
      },
    },
    async (request, reply) => {
      const { workflowId, webhookId } = request.params
      const { format, ...filter } = request.query
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return sendFile(reply, kysely, workflow, { ...filter, webhookId }, format)
    },
  )

  app.get(
    '/workflows/:workflowId/deliveries/export',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Export the deliveries of a workflow',
        description: exportDescription,
        params: workflowPath,
        querystring: workflowDeliveryExportQuerySchema.strict(),
        response: exportAnswer,
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      return sendFile(reply, kysely, workflow, filter, format)
    },
  )
}

/** A page is read when the one before has gone out. An error in between cuts the connection: half a file looks cut off. */
async function sendFile(
  reply: FastifyReply,
  kysely: Kysely<Schema>,
  workflow: Workflow,
  filter: DeliveryFilter,
  format: ExportFormat,
): Promise<FastifyReply> {
  if (filter.webhookId !== undefined) await requireWebhook(kysely, workflow, filter.webhookId)
  return reply
    .header('content-type', contentTypes[format])
    .header('content-disposition', `attachment; filename="deliveries.${format}"`)
    .send(Readable.from(exportDeliveries(kysely, workflow, filter, format)))
}
