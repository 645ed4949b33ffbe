import { expect, test } from 'vitest'
import { generateSecret } from './generate-secret.ts'
import { secretProblem } from './secret.ts'

test('a generated secret is one that the API takes, and never the same twice', () => {
  const secrets = Array.from({ length: 200 }, generateSecret)
  expect(secrets.map(secretProblem).filter((problem) => problem !== undefined)).toEqual([])
  expect(new Set(secrets).size).toBe(200)
  expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})
