import type { Delivery, DeliveryList, DeliveryStatus, Topic } from '@workflow-webhooks/contract'
import { type Api, path } from '../connection/api.ts'

/** Which deliveries are followed. */
export type Scope = { workflowId: string; webhookId?: string | undefined; topic?: Topic | undefined }

export type Range = {
  status?: DeliveryStatus | undefined
  /** From this instant on. */
  from?: string | undefined
  /** Before this instant. */
  to?: string | undefined
}

const PAGE = 200
/** A page may be short where few match: the log is not looked through to its beginning for the last ones. */
const MAX_PAGES_OF_LAST = 20

/** Reads all deliveries of a time, newest first. */
export async function readAll(api: Api, scope: Scope, range: Range): Promise<Delivery[]> {
  const read: Delivery[] = []
  for await (const { data } of pages(api, scope, { ...range, limit: PAGE })) read.push(...data)
  return read
}

/** Reads the last deliveries, newest first. */
export async function readLast(api: Api, scope: Scope, range: Range, count: number): Promise<Delivery[]> {
  const read: Delivery[] = []
  if (count === 0) return read
  let pagesRead = 0
  for await (const { data } of pages(api, scope, { ...range, limit: Math.min(count, PAGE) })) {
    read.push(...data)
    pagesRead += 1
    if (read.length >= count || pagesRead === MAX_PAGES_OF_LAST) break
  }
  return read.slice(0, count)
}

function pages(
  api: Api,
  { workflowId, webhookId, topic }: Scope,
  query: Range & { limit: number },
): AsyncGenerator<DeliveryList> {
  return api.pages(path`/workflows/${workflowId}/deliveries`, { ...query, webhookId, topic })
}
