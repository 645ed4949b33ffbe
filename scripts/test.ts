import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Every check, one after the other; all of them run, whatever fails. Ends with a line `N passed, N failed`. */
const binaries = join(import.meta.dirname, '..', 'node_modules', '.bin')
const directory = mkdtempSync(join(tmpdir(), 'workflow-webhooks-results-'))
const resultsFile = join(directory, 'results.json')
let passed = 0
let failed = 0

check('Types', 'tsc', ['--noEmit'])
check('Types of the web app', 'tsc', ['--noEmit', '--project', 'packages/web'])
check('Lint and format', 'biome', ['ci', '--error-on-warnings'])
const isGreen = run('Tests', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${resultsFile}`,
])
const results = readResults()
passed += results.numPassedTests
// A run that breaks outside of its tests (a file that does not load, an unhandled error) has failed too.
failed += Math.max(results.numFailedTests, isGreen ? 0 : 1)
rmSync(directory, { recursive: true })

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && results.numPassedTests > 0 ? 0 : 1

function check(name: string, command: string, args: string[]): void {
  if (run(name, command, args)) passed++
  else failed++
}

function run(name: string, command: string, args: string[]): boolean {
  console.log(`── ${name}`)
  const { status } = spawnSync(join(binaries, command), args, { stdio: 'inherit' })
  return status === 0
}

function readResults(): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 } // none were written: the run itself has failed
  }
}
