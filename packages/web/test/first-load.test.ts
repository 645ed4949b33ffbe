import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const LIMIT_BYTES = 300_000

const dist = join(import.meta.dirname, '../dist')

test('what the page loads first is less than 300 kB of compressed script', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const tags = page.match(/<(?:script|link)[^>]*>/g) ?? []
  const scripts = tags
    .filter((tag) => tag.startsWith('<script') || tag.includes('modulepreload'))
    .map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1])
  // The colours' script and the entry at least; none is inline, which the policy would not run.
  expect(scripts.length).toBeGreaterThanOrEqual(2)
  expect(scripts).not.toContain(undefined)
  const sizes = scripts.map((path) => gzipSync(readFileSync(join(dist, path!))).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT_BYTES)
})
