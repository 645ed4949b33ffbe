import { expect, test } from 'vitest'
import { z } from 'zod'
import * as contract from './index.ts'

const schemas = Object.entries<unknown>(contract).filter(
  (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
)

test.each(schemas)('%s can be shown as JSON Schema', (_name, schema) => {
  expect(() => z.toJSONSchema(schema, { io: 'input' })).not.toThrow()
  expect(() => z.toJSONSchema(schema, { io: 'output' })).not.toThrow()
})

test('all schemas together have names of their own', () => {
  const ids = schemas.map(([, schema]) => schema.meta()?.id).filter((id) => id !== undefined)
  expect(ids.length).toBeGreaterThan(30)
  expect(new Set(ids).size).toBe(ids.length)
  const { schemas: components } = z.toJSONSchema(z.globalRegistry, { io: 'input' })
  expect(Object.keys(components)).toEqual(expect.arrayContaining(ids))
})

test('what JSON Schema can say of a limit, it says', () => {
  const { $defs } = z.toJSONSchema(contract.createWebhookSchema, { io: 'input' })
  expect($defs?.CreateWebhook?.properties).toMatchObject({
    url: { type: 'string', format: 'uri', maxLength: 2048 },
    topics: { type: 'array', minItems: 1, uniqueItems: true },
    description: { type: 'string', maxLength: 1000 },
    secret: { type: 'string', minLength: 16, maxLength: 256 },
    headers: { type: 'object', maxProperties: 10 },
  })
  expect($defs?.Topic).toMatchObject({ enum: [...contract.topics] })
})

test('an entry of every exported list of words has no double', () => {
  for (const words of [contract.topics, contract.triggers, contract.roles, contract.deliveryStatuses]) {
    expect(new Set(words).size).toBe(words.length)
  }
})
