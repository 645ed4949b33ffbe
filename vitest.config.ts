import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longest-first.ts'

export default defineConfig({
  test: {
    globalSetup: ['packages/server/test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // More than CI has processors: many tests wait for something most of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Services that tests start keep there what their modules were compiled to.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.compile-cache') },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/test/**/*.test.{ts,tsx}', '{bench,e2e,scripts}/**/*.test.ts'],
        },
      },
      // Pure code leaves nothing behind, so that its tests can share a worker.
      {
        extends: true,
        test: { name: 'units', include: ['packages/*/src/**/*.test.{ts,tsx}'], isolate: false },
      },
    ],
  },
})
