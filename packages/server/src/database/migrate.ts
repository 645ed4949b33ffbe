import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as ledger from './migrations/0001-ledger.ts'
import * as members from './migrations/0002-members.ts'
import * as eventsByWorkflow from './migrations/0003-events-by-workflow.ts'
import * as unsuccessfulDeliveries from './migrations/0004-unsuccessful-deliveries.ts'
import * as replays from './migrations/0005-replays.ts'
import * as statistics from './migrations/0006-statistics.ts'
import * as notices from './migrations/0007-notices.ts'
import * as retention from './migrations/0008-retention.ts'
import * as unsuccessfulByStatus from './migrations/0009-unsuccessful-by-status.ts'
import * as noticeLimits from './migrations/0010-notice-limits.ts'
import * as cancelInSteps from './migrations/0011-cancel-in-steps.ts'
import * as compareInSteps from './migrations/0012-compare-in-steps.ts'

/**
 * Brings the schema up to date. Safe to run on several nodes at once: the migrator holds an advisory lock, and
 * all that is missing is applied in one transaction. Throws what the database said if a migration fails.
 */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: {
      getMigrations: async () => ({
        '0001-ledger': ledger,
        '0002-members': members,
        '0003-events-by-workflow': eventsByWorkflow,
        '0004-unsuccessful-deliveries': unsuccessfulDeliveries,
        '0005-replays': replays,
        '0006-statistics': statistics,
        '0007-notices': notices,
        '0008-retention': retention,
        '0009-unsuccessful-by-status': unsuccessfulByStatus,
        '0010-notice-limits': noticeLimits,
        '0011-cancel-in-steps': cancelInSteps,
        '0012-compare-in-steps': compareInSteps,
      }),
    },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
