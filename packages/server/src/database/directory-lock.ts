import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Makes this process the only one that uses a directory; gives back the function that ends that. The lock is the
 * operating system's own (taken through SQLite, since Node has no call for it): it goes with the process, however
 * that ends, so nothing stale is ever left behind.
 *
 * @throws Error if another process holds the directory.
 */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new Error(
      `DATA_DIR ${directory} is in use by another process. Stop that one, or choose another directory.`,
      { cause },
    )
  }
  return () => lock.close()
}
