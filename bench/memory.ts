import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** The most memory that a process has had so far (on systems without /proc: has now), MB. */
export const readPeakRssMb = (pid: number) => readStatusMb(pid, 'VmHWM')

/** The memory of a process right now, MB. */
export const readRssMb = (pid: number) => readStatusMb(pid, 'VmRSS')

async function readStatusMb(pid: number, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes =
    status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ??
    execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return (Number(kibibytes) * 1_024) / 1_000_000
}
