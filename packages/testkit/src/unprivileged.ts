import { readFile, realpath, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'

export interface User {
  uid: number
  gid: number
}

/**
 * Finds a temporary directory in which any user may make files: `TMPDIR` is often private to root.
 *
 * @throws Error where there is none.
 */
export async function findOpenTemporaryDirectory(): Promise<string> {
  for (const directory of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await isOpenToAll(directory)) return realpath(directory)
  }
  throw new Error('PostgreSQL does not run as root, and no temporary directory is open to another user')
}

async function isOpenToAll(directory: string): Promise<boolean> {
  const path = await realpath(directory).catch(() => undefined)
  if (path === undefined || ((await stat(path)).mode & 0o003) !== 0o003) return false
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    if (((await stat(parent)).mode & 0o001) === 0) return false
  }
  return true
}

/**
 * Finds a user that owns nothing: `nobody`, which every system has.
 *
 * @throws Error where this one does not.
 */
export async function findUnprivilegedUser(): Promise<User> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const nobody = users.find(([name]) => name === 'nobody')
  const [uid, gid] = [Number(nobody?.[2]), Number(nobody?.[3])]
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) {
    throw new Error('PostgreSQL does not run as root, and /etc/passwd has no user "nobody" to run it as')
  }
  return { uid, gid }
}
