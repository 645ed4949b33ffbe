/** How long and how often the benchmark measures. */
export type Scale = {
  isQuick: boolean
  /** How often everything is measured; the median counts. */
  repetitions: number
  /** Alerts that are filed in a new service, and moved twice, before anything is measured. */
  warmUpMoved: number
  /** Alerts that are filed after those, and do not count either. */
  warmUpFiled: number
  rawWarmUpMs: number
  rawMs: number
  /** How long a run of the throughput takes, about. */
  throughputMs: number
  /** How long load is offered at an even pace. */
  pacedMs: number
  pendingCount: number
}

export const fullScale: Scale = {
  isQuick: false,
  repetitions: 3,
  warmUpMoved: 1_500,
  warmUpFiled: 12_000,
  rawWarmUpMs: 5_000,
  rawMs: 1_500,
  throughputMs: 7_000,
  pacedMs: 20_000,
  pendingCount: 100_000,
}

/** Enough to see that it runs, too little to rely on. */
export const quickScale: Scale = {
  isQuick: true,
  repetitions: 1,
  warmUpMoved: 1_000,
  warmUpFiled: 3_000,
  rawWarmUpMs: 2_000,
  rawMs: 1_000,
  throughputMs: 2_000,
  pacedMs: 4_000,
  pendingCount: 10_000,
}
