import { z } from 'zod'
import { body, flag, list } from '../fields.ts'
import { MAX_STATES } from '../limits.ts'
import { name } from '../text.ts'

const states = list(name(), { min: 1, max: MAX_STATES, distinct: true }).meta({
  description: 'The names of the states, in order.',
})

export const createWorkflowSchema = body({
  name: name().exactOptional(),
  states,
  initialState: name().meta({ description: 'The first state where absent.' }).exactOptional(),
  resolvedState: name(),
  previewImages: flag().meta({ description: 'False where absent.' }).exactOptional(),
})
  .superRefine((workflow, context) => {
    for (const field of ['initialState', 'resolvedState'] as const) {
      const state = workflow[field]
      if (state !== undefined && !workflow.states.includes(state)) {
        context.addIssue({ code: 'custom', path: [field], message: 'must be one of `states`' })
      }
    }
  })
  .meta({
    id: 'CreateWorkflow',
    example: {
      name: 'Brand impersonation',
      states: ['New', 'In review', 'Resolved'],
      resolvedState: 'Resolved',
    },
  })

/** Whether the states fit together is not checked here: that needs the workflow as it is, and is a 409. */
export const editWorkflowSchema = body({
  name: name(),
  states,
  initialState: name(),
  resolvedState: name(),
  previewImages: flag(),
})
  .exactPartial()
  .meta({ id: 'EditWorkflow', description: 'Fields that are not given stay as they are.' })

export const workflowSchema = z
  .object({
    workflowId: z.string(),
    profileId: z.string(),
    name: z.string().optional(),
    states: z.array(z.string()),
    initialState: z.string(),
    resolvedState: z.string(),
    previewImages: z.boolean(),
  })
  .meta({ id: 'Workflow', description: 'A queue of items.' })

export type CreateWorkflow = z.infer<typeof createWorkflowSchema>
export type EditWorkflow = z.infer<typeof editWorkflowSchema>
export type Workflow = z.infer<typeof workflowSchema>
