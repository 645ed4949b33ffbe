import {
  type FileItem,
  type FileItems,
  filedItemSchema,
  filedItemsSchema,
  fileItemOrItemsSchema,
  itemCountsSchema,
  itemListQuerySchema,
  itemSchema,
  listOf,
  movedItemSchema,
  movedItemsSchema,
  moveItemSchema,
  moveItemsSchema,
} from '@workflow-webhooks/contract'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { PipelineCall } from '../pipeline.ts'
import type { FileCall, FileResult, ItemCall, ItemResult } from '../workflow/apply-calls.ts'
import { countItems, listItems, readItem } from '../workflow/items.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import type { Answer } from './idempotent-answers.ts'
import { itemPath, workflowPath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Items']
const itemListSchema = listOf(itemSchema).meta({ id: 'ItemList' })
const filedSchema = z.union([filedItemSchema, filedItemsSchema])

/** Items: what the pipeline files and moves. */
export function addItemRoutes(app: ZodApp, context: RouteContext): void {
  const { database, pipeline, answerOnce } = context

  /** Gives a call to the pipeline, which keeps the answer in the transaction of what the call does. */
  function run(
    request: FastifyRequest,
    call: ItemCall,
    toAnswer: (results: ItemResult[]) => Answer<unknown>,
  ): Promise<Answer<unknown>> {
    return answerOnce(request, async (keep) => {
      const keepAnswer: PipelineCall['keepAnswer'] =
        keep && ((transaction, results) => keep(transaction, toAnswer(results)))
      return toAnswer(await pipeline({ ...call, keepAnswer, span: request.span }))
    })
  }

  app.post(
    '/workflows/:workflowId/items',
    {
      config: { batchField: 'items' },
      schema: {
        tags,
        summary: 'File an item, or a batch of them',
        description:
          'An alert that was filed in the workflow before answers the item as it is now, with `created: false`; what came with it is ignored. 201 if at least one item was made, otherwise 200.',
        params: workflowPath,
        body: fileItemOrItemsSchema,
        response: { 200: filedSchema, 201: filedSchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const call: FileCall = {
        kind: 'file',
        workflowId: params.workflowId,
        profileId: actor.profileId,
        entries: toEntries(body),
      }
      return send(
        reply,
        await run(request, call, (results) => toFiledAnswer(results as FileResult[], 'items' in body)),
      )
    },
  )

  app.get(
    '/workflows/:workflowId/items',
    {
      schema: {
        tags,
        summary: 'List the items of a workflow, newest first',
        params: workflowPath,
        querystring: itemListQuerySchema.strict(),
        response: { 200: itemListSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(database.kysely, request.actor, request.params.workflowId)
      return listItems(database.kysely, workflow, request.query)
    },
  )

  app.get(
    '/workflows/:workflowId/item-counts',
    {
      schema: {
        tags,
        summary: 'Count the items of each state',
        params: workflowPath,
        response: { 200: itemCountsSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(database.kysely, request.actor, request.params.workflowId)
      return countItems(database.kysely, workflow)
    },
  )

  app.get(
    '/workflows/:workflowId/items/:itemId',
    {
      schema: { tags, summary: 'Read an item', params: itemPath, response: { 200: itemSchema } },
    },
    async (request) => {
      const workflow = await readWorkflow(database.kysely, request.actor, request.params.workflowId)
      return readItem(database.kysely, workflow, request.params.itemId)
    },
  )

  app.post(
    '/workflows/:workflowId/items/:itemId/state',
    {
      schema: {
        tags,
        summary: 'Move an item to a state',
        description: 'A move to the state that the item is in already changes nothing at all.',
        params: itemPath,
        body: moveItemSchema,
        response: { 200: movedItemSchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const call: ItemCall = {
        kind: 'move',
        workflowId: params.workflowId,
        profileId: actor.profileId,
        entries: [{ itemId: params.itemId, ...body, path: '' }],
      }
      return send(reply, await run(request, call, ([moved]) => ({ status: 200, body: moved })))
    },
  )

  app.post(
    '/workflows/:workflowId/transitions',
    {
      config: { batchField: 'transitions' },
      schema: {
        tags,
        summary: 'Move many items',
        description: 'All or nothing, in the order given; an item may occur more than once.',
        params: workflowPath,
        body: moveItemsSchema,
        response: { 200: movedItemsSchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const call: ItemCall = {
        kind: 'move',
        workflowId: params.workflowId,
        profileId: actor.profileId,
        entries: body.transitions.map((transition, index) => ({
          ...transition,
          path: `transitions[${index}].`,
        })),
      }
      return send(reply, await run(request, call, (data) => ({ status: 200, body: { data } })))
    },
  )
}

function toEntries(body: FileItem | FileItems): FileCall['entries'] {
  if (!('items' in body)) return [{ alert: body.alert, state: body.state, path: '' }]
  return body.items.map(({ alert, state }, index) => ({ alert, state, path: `items[${index}].` }))
}

function toFiledAnswer(results: FileResult[], isBatch: boolean): Answer<unknown> {
  const status = results.some((result) => result.created) ? 201 : 200
  return { status, body: isBatch ? { data: results } : results[0] }
}
