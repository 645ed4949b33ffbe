import { fieldErrors } from '@workflow-webhooks/contract'
import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import { AppError, notFound } from '../base/errors.ts'

/**
 * Checks the parts of a call with their Zod schemas. A parameter of the path that cannot be an id names nothing, so it
 * is a 404; all else is a 400 that names each wrong field.
 */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const isBody = httpPart === 'body'
  return (data: unknown) => {
    // Fastify says null where no body came.
    const result = schema.safeParse(isBody && data === null ? undefined : data)
    if (result.success) return { value: result.data }
    if (httpPart === 'params') return { error: notFound('path') }
    return { error: wrongFields(result.error, isBody ? 'body' : 'query') }
  }
}

/** The query of a call that takes none. */
export const noQuerySchema = z.strictObject({})

function wrongFields(error: z.ZodError, root: string): AppError {
  const fields = fieldErrors(error, root)
  const [first] = fields
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : ''
  return new AppError('validation_failed', `${first!.field} ${first!.message}${more}.`, { fields })
}
