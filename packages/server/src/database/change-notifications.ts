import type { ChangeKind } from '@workflow-webhooks/contract'
import type { ChangeListener, Hints } from '../base/changes.ts'
import { newId } from '../base/ids.ts'
import { textArray } from './array-parameters.ts'
import type { Database } from './database.ts'
import type { Listener } from './listener.ts'
import { statement } from './statement.ts'

const CHANNEL = 'changes'
/** A notification holds 8,000 bytes; an id has 28 and a comma. */
const MAX_IDS_PER_NOTIFICATION = 200

/** However many there are, they are one transaction: PostgreSQL commits those that notify one after the other. */
const notifyStatement = statement(
  'notify-changes',
  `SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`,
)

/** Carries hints between the nodes on one PostgreSQL server. */
export type ChangeNotifications = {
  /** Tells the other nodes; never rejects. */
  tell(hints: Hints): Promise<void>
  /** Hears the other nodes from here on; to be called once. */
  start(others: ChangeListener): Promise<void>
}

/** A notification is `<node> <kind>=<id>,<id> <kind>=…`: ids, and nothing that they stand for. */
export function createChangeNotifications(
  database: Database,
  listener: Pick<Listener, 'listen'>,
  onError: (error: unknown) => void,
): ChangeNotifications {
  const node = newId('node')
  return {
    async tell(hints) {
      try {
        await database.runRelaxed(notifyStatement, [textArray(toPayloads(hints, node))])
      } catch (error) {
        onError(error)
      }
    },
    async start(others) {
      const hear = (notification: string): void => {
        const [from, ...lists] = notification.split(' ')
        if (from !== node) others.hear(toHints(lists))
      }
      await listener.listen(CHANNEL, hear, () => others.miss())
    },
  }
}

function toPayloads(hints: Hints, node: string): string[] {
  const named = [...hints].flatMap(([kind, ids]) => [...ids].map((id) => ({ kind, id })))
  const payloads: string[] = []
  for (let start = 0; start < named.length; start += MAX_IDS_PER_NOTIFICATION) {
    const part = Map.groupBy(named.slice(start, start + MAX_IDS_PER_NOTIFICATION), ({ kind }) => kind)
    const lists = [...part].map(([kind, of]) => `${kind}=${of.map(({ id }) => id).join(',')}`)
    payloads.push([node, ...lists].join(' '))
  }
  return payloads
}

function toHints(lists: string[]): Hints {
  return new Map(
    lists.map((list) => {
      const [kind = '', ids = ''] = list.split('=')
      return [kind as ChangeKind, new Set(ids.split(','))]
    }),
  )
}
