import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** A browser, and the way to end it. */
export type StartedBrowser = { browser: Browser; stop(): Promise<void> }

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** It talks to nobody but the service. The flags that come with the packed one would turn its security off. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Starts Chromium without a window: the machine's own, or else the one that comes with npm. */
export async function startBrowser(): Promise<StartedBrowser> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-browser-'))
  const installed = INSTALLED.find((path) => existsSync(path))
  const { executablePath, env } = installed
    ? { executablePath: installed, env: environmentIn(directory) }
    : await unpackBrowser(directory)
  const browser = await chromium.launch({ executablePath, args: FLAGS, env })
  return {
    browser,
    async stop() {
      await browser.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Unpacks it into `directory`, with the libraries that the machine may lack. */
async function unpackBrowser(directory: string) {
  // It goes where temporary files go. A place of its own, or two processes would write the same file.
  const { TMPDIR } = process.env
  process.env.TMPDIR = directory
  const { default: packed, inflate } = await import('@sparticuz/chromium')
  packed.setGraphicsMode = false
  const executablePath = await packed.executablePath()
  const env = environmentIn(directory)
  if (spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout.includes('not found')) {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
    const libraries = await inflate(join(dirname(entry), '..', 'bin', 'al2023.tar.br'))
    env.LD_LIBRARY_PATH = join(libraries, 'lib')
  }
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
  return { executablePath, env }
}

/** So that nothing is left in anybody's home. */
function environmentIn(directory: string): Record<string, string> {
  return { ...(process.env as Record<string, string>), HOME: directory }
}
