/** A queue of one profile, with named states. */
export type Workflow = {
  workflowId: string
  profileId: string
  name: string
  /** In their order on the page. */
  states: string[]
  initialState: string
  resolvedState: string
  previewImages: boolean
  /** Counts the changes of what its events are matched against. */
  configurationVersion: number
}
