import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { generateSchema, schemaFile } from '../scripts/generate-client.ts'

test('the web client knows the API as it is: `npm run generate` would change nothing', async () => {
  expect(await readFile(schemaFile, 'utf8')).toBe(await generateSchema())
})
