import { request } from 'node:http'
import type { Change } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'

/** A client of `GET /changes` on a socket of its own. */
export type ChangeReader = {
  status: number
  headers: NodeJS.Dict<string | string[]>
  /** All that came so far, as it came. */
  text: string
  changes: Change[]
  isEnded: boolean
  /** Waits until a change of the workflow has told all of `kinds`, in however many messages; then forgets it. */
  waitForChange(workflowId: string, kinds: Change['changed']): Promise<void>
  waitForEnd(): Promise<void>
  close(): void
}

/** Opens a stream, or gets the problem; `isSlow`: reads nothing. */
export async function readChanges(
  url: string,
  headers: Record<string, string>,
  { isSlow = false } = {},
): Promise<ChangeReader> {
  const { promise, resolve, reject } = Promise.withResolvers<ChangeReader>()
  const call = request(`${url}/api/v1/changes`, { headers, agent: false })
  call.on('error', reject)
  call.on('response', (response) => {
    const reader: ChangeReader = {
      status: response.statusCode!,
      headers: response.headers,
      text: '',
      changes: [],
      isEnded: false,
      waitForChange: (workflowId, kinds) =>
        waitFor(() => takeChange(reader, workflowId, kinds), {
          message: `a change of the ${kinds} of ${workflowId}; heard ${JSON.stringify(reader.text)}`,
        }),
      waitForEnd: () => waitFor(() => reader.isEnded, { message: 'the stream to end' }),
      close: () => void call.destroy(),
    }
    response.on('error', () => {})
    response.on('close', () => {
      reader.isEnded = true
    })
    if (isSlow) response.pause()
    else
      response.setEncoding('utf8').on('data', (chunk: string) => {
        reader.text += chunk
        for (const [, data] of chunk.matchAll(/^data: (.*workflowId.*)$/gm))
          reader.changes.push(JSON.parse(data!))
      })
    resolve(reader)
  })
  call.end()
  return promise
}

function takeChange(reader: ChangeReader, workflowId: string, kinds: Change['changed']): boolean {
  const isOfIt = (change: Change): boolean => change.workflowId === workflowId
  const told = new Set(reader.changes.filter(isOfIt).flatMap(({ changed }) => changed))
  if (!kinds.every((kind) => told.has(kind))) return false
  reader.changes = reader.changes.filter((change) => !isOfIt(change))
  return true
}
