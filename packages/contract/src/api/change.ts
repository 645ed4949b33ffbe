import { z } from 'zod'
import { oneOf } from '../fields.ts'

/** What of a workflow may look different; `workflow`: its name, states and settings, and its webhook access. */
export const changeKinds = ['items', 'webhooks', 'deliveries', 'workflow'] as const

export type ChangeKind = (typeof changeKinds)[number]

/** The data of a message of `GET /changes`, as JSON. */
export const changeSchema = z
  .object({ workflowId: z.string(), changed: z.array(oneOf(changeKinds)) })
  .meta({ id: 'Change', description: 'What of a workflow may look different: read it again.' })

export type Change = z.infer<typeof changeSchema>
