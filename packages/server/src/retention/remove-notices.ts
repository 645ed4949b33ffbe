import { idRange } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { type Removal, removalOfOld, STEP_ROWS } from './removal.ts'

const removeNoticesStatement = statement<{ count: number }>(
  'remove-notices',
  `WITH old AS MATERIALIZED (
     SELECT notice_id FROM notice WHERE notice_id < $1 AND at < $2 ORDER BY notice_id LIMIT ${STEP_ROWS}
   ), removed AS (
     DELETE FROM notice USING old WHERE notice.notice_id = old.notice_id RETURNING 1
   )
   SELECT count(*)::integer AS count FROM removed`,
)

/** Notices go as deliveries do: what they tell of is no longer in the log. */
export function createNoticeRemoval(database: Database, retainMs: number): Removal {
  return removalOfOld('notices', retainMs, async (before) => {
    const { below } = idRange('ntc', { to: before.getTime() })
    const [row] = await database.run(removeNoticesStatement, [below, before])
    return { count: row!.count, isDone: row!.count < STEP_ROWS }
  })
}
