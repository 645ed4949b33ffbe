import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { createTestApp } from '../../server/test/support/test-app.ts'

/** Where the types of the API are, for the web client. */
export const schemaFile = join(import.meta.dirname, '../src/api/schema.d.ts')

const HEADER = '// Generated from /openapi.json by `npm run generate`: do not edit.\n\n'

/** The types of the API, made from the description that the server gives of itself. It needs no database. */
export async function generateSchema(): Promise<string> {
  const { app } = await createTestApp()
  const document = app.swagger() as OpenAPI3
  await app.close()
  return HEADER + astToString(await openapiTypescript(document))
}

if (import.meta.main) await writeFile(schemaFile, await generateSchema())
