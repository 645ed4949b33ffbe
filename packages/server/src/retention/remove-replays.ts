import { idRange } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { type Removal, removalOfOld, STEP_ROWS } from './removal.ts'

const findReplayStatement = statement<{ replay_id: string }>(
  'find-old-replay',
  `SELECT replay_id FROM replay WHERE replay_id < $1 AND ended_at < $2 ORDER BY replay_id LIMIT 1 FOR UPDATE`,
)

const removeReplayEventsStatement = statement<{ place: number }>(
  'remove-replay-events',
  `DELETE FROM replay_event
   USING (SELECT place FROM replay_event WHERE replay_id = $1 ORDER BY place LIMIT ${STEP_ROWS}) AS first
   WHERE replay_event.replay_id = $1 AND replay_event.place = first.place
   RETURNING replay_event.place`,
)

const removeReplayStatement = statement('remove-replay', `DELETE FROM replay WHERE replay_id = $1`)

/**
 * Replays that have ended long enough ago go with the events that they named: these first, since there can be 100,000.
 * Nobody reads them once the replay has ended.
 */
export function createReplayRemoval(database: Database, retainMs: number): Removal {
  return removalOfOld('replays', retainMs, (before) =>
    database.transaction(async (transaction) => {
      const { below } = idRange('rpl', { to: before.getTime() })
      const [replay] = await transaction.run(findReplayStatement, [below, before])
      if (!replay) return { count: 0, isDone: true }
      const events = await transaction.run(removeReplayEventsStatement, [replay.replay_id])
      if (events.length === STEP_ROWS) return { count: 0, isDone: false }
      await transaction.run(removeReplayStatement, [replay.replay_id])
      return { count: 1, isDone: false }
    }),
  )
}
