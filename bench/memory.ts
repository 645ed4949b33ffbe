import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** The most memory that a process has had so far (on systems without /proc: has now), MB. */
export const readPeakRssMb = (pid: number) => readStatusMb(pid, 'VmHWM')

/**
 * The memory of a process that has nothing to do, MB: the smallest of many samples, until no smaller one has come for
 * some seconds, since a garbage collector takes its time.
 */
export async function readIdleRssMb(pid: number): Promise<number> {
  let smallestMb = await readStatusMb(pid, 'VmRSS')
  for (let unchanged = 0; unchanged < UNCHANGED_SAMPLES; unchanged++) {
    await pause(SAMPLE_INTERVAL_MS)
    const rssMb = await readStatusMb(pid, 'VmRSS')
    if (rssMb < smallestMb - NOTICED_MB) unchanged = 0
    smallestMb = Math.min(smallestMb, rssMb)
  }
  return smallestMb
}

const SAMPLE_INTERVAL_MS = 250
/** Twelve seconds: the collector looks again when there was little to do for eight. */
const UNCHANGED_SAMPLES = 48
const NOTICED_MB = 0.5

async function readStatusMb(pid: number, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes =
    status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ??
    execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return (Number(kibibytes) * 1_024) / 1_000_000
}
