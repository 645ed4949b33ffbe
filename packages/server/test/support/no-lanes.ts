import type { PipelineLanes } from '../../src/pipeline.ts'

/** Stands in for a node on which no lane runs. */
export const noLanes: PipelineLanes = {
  claim: () => ({ deliveryIds: new Set(), leases: [], begin: (recorded) => recorded, fail: () => {} }),
  offer: () => {},
}
