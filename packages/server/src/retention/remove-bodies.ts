import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { type Removal, removalOfOld, STEP_ROWS } from './removal.ts'

const removeBodiesStatement = statement<{ count: number; reached: Date | null }>(
  'remove-bodies',
  `WITH old AS MATERIALIZED (
     SELECT delivery_id, attempt FROM attempt
     WHERE detail IS NOT NULL AND started_at >= $1 AND started_at < $2
     ORDER BY started_at LIMIT ${STEP_ROWS}
   ), removed AS (
     UPDATE attempt SET detail = NULL, response_body = NULL, bodies_removed = true
     FROM old WHERE attempt.delivery_id = old.delivery_id AND attempt.attempt = old.attempt
     RETURNING attempt.started_at
   )
   SELECT count(*)::integer AS count, max(started_at) AS reached FROM removed`,
)

/**
 * What an attempt sent and was answered goes first; that it was made, when, and what came of it stays as long as its
 * delivery.
 */
export function createBodyRemoval(database: Database, retainMs: number): Removal {
  // What was removed stays in the index until the next vacuum: it is not gone through again with each step.
  let reached: Date | null = null
  return removalOfOld('bodies', retainMs, async (before) => {
    const [row] = await database.run(removeBodiesStatement, [reached ?? '-infinity', before])
    const isDone = row!.count < STEP_ROWS
    reached = isDone ? null : row!.reached
    return { count: row!.count, isDone }
  })
}
