import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answer that is under way on a connection, which Node keeps there and tells nobody of. */
export function responseOn(socket: Socket): ServerResponse | undefined {
  return (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined
}
