import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Every check; all of them run, whatever fails. Ends with a line `N passed, N failed`. */
const binaries = join(import.meta.dirname, '..', 'node_modules', '.bin')
const directory = mkdtempSync(join(tmpdir(), 'workflow-webhooks-results-'))
const resultsFile = join(directory, 'results.json')
let passed = 0
let failed = 0

await Promise.all([
  check('Types', 'tsc', ['--noEmit']),
  check('Types of the web app', 'tsc', ['--noEmit', '--project', 'packages/web']),
  check('Lint and format', 'biome', ['ci', '--error-on-warnings']),
])
console.log('── Tests')
const isGreen = runTests()
const results = readResults()
passed += results.numPassedTests
// A run that breaks outside of its tests (a file that does not load, an unhandled error) has failed too.
failed += Math.max(results.numFailedTests, isGreen ? 0 : 1)
rmSync(directory, { recursive: true })

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && results.numPassedTests > 0 ? 0 : 1

/** Several may run at once: what one has to say is shown when it has ended. */
async function check(name: string, command: string, args: string[]): Promise<void> {
  const child = spawn(join(binaries, command), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  console.log(`── ${name}\n${output}${errors}`.trimEnd())
  if (child.exitCode === 0) passed++
  else failed++
}

function runTests(): boolean {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile=${resultsFile}`]
  return spawnSync(join(binaries, 'vitest'), args, { stdio: 'inherit' }).status === 0
}

function readResults(): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 } // none were written: the run itself has failed
  }
}
