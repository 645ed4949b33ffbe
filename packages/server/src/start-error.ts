import type { Config } from './config.ts'

/** The service cannot start before something is changed, which the message says. */
export class StartError extends Error {}

/** Which setting an error at the start is about, by its code. */
const explanations: Record<string, (config: Config) => string> = {
  EADDRINUSE: ({ host, port }) => `PORT ${port} of ${host} is taken by another process; choose another.`,
  EADDRNOTAVAIL: ({ host }) => `HOST ${host} is not an address of this machine.`,
  EACCES: ({ host, port }) => `PORT ${port} of ${host} may not be listened on by this user.`,
  ENOTFOUND: () => 'DATABASE_URL names a host that does not resolve.',
  ECONNREFUSED: () => 'DATABASE_URL leads to a place where no database server listens.',
  ETIMEDOUT: () => 'DATABASE_URL leads to a server that does not answer.',
  '28P01': () => 'DATABASE_URL has a user or password that the server refuses.',
  '28000': () => 'DATABASE_URL has a user that the server refuses.',
  '3D000': () => 'DATABASE_URL names a database that does not exist; make it first.',
  EEXIST: ({ dataDir }) => `DATA_DIR ${dataDir} is not a directory.`,
  ENOTDIR: ({ dataDir }) => `DATA_DIR ${dataDir} is not a directory.`,
}

/** An error at the start in the words of the settings, where one of them is the reason. */
export function explainStart(error: unknown, config: Config): unknown {
  const code = (error as { code?: unknown }).code
  const explain = typeof code === 'string' ? explanations[code] : undefined
  return explain ? new StartError(explain(config), { cause: error }) : error
}
