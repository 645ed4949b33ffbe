import pg from 'pg'

/** How values are read. Positions and epochs count up from 1; they stay far below 2^53. */
const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid as never, format as never),
} as pg.CustomTypesConfig

/** What is common to the connections of both kinds. */
export const connectionSettings = { pipeline: true, types } satisfies pg.PoolConfig
