import { once } from 'node:events'
import { type Agent, request } from 'node:https'

/** Posts to an HTTPS receiver and reads its answer to the end. */
export async function post(
  url: string,
  options: {
    ca: string
    headers?: Record<string, string>
    body?: string
    agent?: Agent
    signal?: AbortSignal
    rejectUnauthorized?: boolean
  },
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { body = '', agent = false, ...rest } = options
  const outgoing = request(url, { method: 'POST', agent, ...rest }).end(body)
  const [response] = await once(outgoing, 'response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode, headers: response.headers, body: text }
}

/** The headers and the body of a delivery, as far as a receiver's account of it goes. */
export function delivery(given: {
  eventId: string
  itemId?: string
  sequence?: number
  alertId?: string
  deliveryId?: string
}): { headers: Record<string, string>; body: string } {
  const { eventId, itemId = 'item', sequence = 1, alertId = 'alert', deliveryId = `del_${eventId}` } = given
  return {
    headers: { 'webhook-id': eventId, 'x-outtake-delivery-id': deliveryId },
    body: JSON.stringify({ workflow: { itemId, sequence }, alert: { alertId } }),
  }
}
