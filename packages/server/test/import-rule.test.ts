import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** A room may import from those before it, and from itself; docs/ARCHITECTURE.md shows the same line. */
const ROOMS = [
  'base',
  'database',
  'profile',
  'workflow',
  'event',
  'webhook',
  'delivery',
  'notice',
  'retention',
  'engines',
  'pipeline',
  'http',
  'main',
]
/** What stands beside the rooms: the settings serve base and all after it, the rest is part of main. */
const PLACES: Record<string, string> = {
  config: 'base',
  service: 'main',
  'start-error': 'main',
  demo: 'main',
  telemetry: 'main',
}
/** Packages that one file alone may use, so that all else is free of them. */
const ONE_FILE: Record<string, string> = {
  'prom-client': 'telemetry/prometheus.ts',
  '@opentelemetry/api': 'telemetry/span-recorder.ts',
  '@opentelemetry/sdk-trace': 'telemetry/span-recorder.ts',
}
/** Packages that only the demo may use, since they are no part of the service. */
const DEMO_ONLY = ['@workflow-webhooks/testkit', '@workflow-webhooks/receiver', '@workflow-webhooks/cli']

const source = resolve(import.meta.dirname, '../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => join(source, file))

test('rooms import only from the rooms before them', () => {
  const offences = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.') && specifier.endsWith('.ts'))
      .map((specifier) => resolve(dirname(file), specifier))
      .filter((imported) => rank(imported) > rank(file))
      .map((imported) => `${relative(source, file)} imports ${relative(source, imported)}`),
  )
  expect(offences).toEqual([])
})

test('no room imports in a circle with another file', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file, true)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(file), specifier)),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file))
      circles.push([...path.slice(path.indexOf(file)), file].map((one) => relative(source, one)).join(' → '))
    else if (!done.has(file)) for (const imported of graph.get(file) ?? []) visit(imported, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('the service does not use what is made for the demo and the tests', () => {
  const offences = files
    .filter((file) => room(file) !== 'demo')
    .filter((file) => importsOf(file).some((specifier) => DEMO_ONLY.includes(specifier)))
  expect(offences.map((file) => relative(source, file))).toEqual([])
})

test('metrics and traces are made in one file each, of what the rooms tell', () => {
  for (const [specifier, only] of Object.entries(ONE_FILE)) {
    const users = files.filter((file) => importsOf(file).includes(specifier))
    expect(users.map((file) => relative(source, file))).toEqual([only])
  }
})

test('what makes traces is loaded only where there is an endpoint for them', () => {
  const makers = ['telemetry/traces.ts', 'telemetry/span-recorder.ts'].map((file) => join(source, file))
  const loaders = files.filter((file) =>
    importsOf(file, true).some(
      (specifier) => specifier.startsWith('.') && makers.includes(resolve(dirname(file), specifier)),
    ),
  )
  expect(loaders.map((file) => relative(source, file))).toEqual(['telemetry/traces.ts'])
})

test('the environment is read in one file', () => {
  const readers = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'))
  expect(readers.map((file) => relative(source, file)).filter((file) => !file.startsWith('demo/'))).toEqual([
    'main.ts',
  ])
})

function room(file: string): string {
  return relative(source, file).split('/')[0]!.replace(/\.ts$/, '')
}

function rank(file: string): number {
  const name = room(file)
  const index = ROOMS.indexOf(PLACES[name] ?? name)
  if (index < 0) throw new Error(`${relative(source, file)} is in no room`)
  return index
}

function importsOf(file: string, isValuesOnly = false): string[] {
  const text = readFileSync(file, 'utf8')
  const pattern = isValuesOnly
    ? /^(?:import|export) (?!type )[^'"]*from '([^']+)'/gm
    : /^(?:import|export) [^'"]*from '([^']+)'/gm
  return [...text.matchAll(pattern)].map((match) => match[1]!)
}
