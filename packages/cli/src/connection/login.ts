import type { Me } from '@workflow-webhooks/contract'
import type { Context } from '../context.ts'
import { EXIT } from '../exit.ts'
import { askFor, canAsk, readSecret } from '../terminal/ask.ts'
import type { Output } from '../terminal/output.ts'
import { createApi } from './api.ts'
import { configFile, writeConfig } from './config-file.ts'
import { checkKey, checkUrl } from './connection.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'

/** Asks for address and key, makes sure that they are right, and only then stores them. @returns the exit code. */
export async function logIn(context: Context, output: Output, givenUrl: string | undefined): Promise<number> {
  const { env, signal } = context
  const url = await chooseUrl(context, givenUrl)
  if (/^http:\/\/(?!localhost[:/]|127\.|\[::1\])/.test(`${url}/`))
    output.note(`${url} is not HTTPS: the key can be read on its way.`)
  const apiKey = checkKey(await readSecret(context, 'API key (not shown): '))
  const me = await createApi({ url, apiKey }, signal).get<Me>('/me')
  const file = configFile(env)
  await writeConfig(file, { url, apiKey })
  output.tell({ type: 'login', url, ...me, configFile: file }, [
    `Logged in to ${url} as ${[me.role, me.name, me.profileName].filter((part) => part !== undefined).join(', ')}.`,
    `Stored in ${file}, which only you can read.`,
  ])
  return EXIT.done
}

async function chooseUrl(context: Context, given: string | undefined): Promise<string> {
  const { WORKFLOW_WEBHOOKS_URL: inEnvironment = '' } = context.env
  if (given !== undefined) return checkUrl(given, '--url')
  if (inEnvironment !== '') return checkUrl(inEnvironment, 'WORKFLOW_WEBHOOKS_URL')
  if (!canAsk(context)) return DEFAULT_URL
  const answer = await askFor(context, `Address of the service [${DEFAULT_URL}]: `)
  return checkUrl(answer === '' ? DEFAULT_URL : answer, 'The address')
}
