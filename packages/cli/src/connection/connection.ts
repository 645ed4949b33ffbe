import { UsageError } from '../exit.ts'
import { type Config, configFile, readConfig } from './config-file.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Finds where the service is and who calls it: in the environment, and otherwise where `login` has put it.
 *
 * @throws UsageError where something is missing or wrong; never with the key in it.
 */
export async function findConnection(env: Environment): Promise<Config> {
  const { url, apiKey } = await choose(env)
  return { url: checkUrl(url, 'WORKFLOW_WEBHOOKS_URL'), apiKey: checkKey(apiKey) }
}

async function choose(env: Environment): Promise<Config> {
  const { WORKFLOW_WEBHOOKS_URL: url = '', WORKFLOW_WEBHOOKS_API_KEY: apiKey = '' } = env
  if (url !== '' && apiKey !== '') return { url, apiKey }
  const file = configFile(env)
  const stored = await readConfig(file)
  if (stored === null)
    throw new UsageError(
      `${url === '' && apiKey === '' ? 'No service to talk to' : `No ${url === '' ? 'address' : 'API key'}`}: run \`workflow-webhooks login\`, or set WORKFLOW_WEBHOOKS_URL and WORKFLOW_WEBHOOKS_API_KEY.`,
    )
  // A key goes only where it was meant to go.
  if (url !== '' && checkUrl(url, 'WORKFLOW_WEBHOOKS_URL') !== checkUrl(stored.url, file))
    throw new UsageError(
      `WORKFLOW_WEBHOOKS_URL is ${url}, and the key in ${file} is for ${stored.url}. Set WORKFLOW_WEBHOOKS_API_KEY too, or run: workflow-webhooks login --url ${url}`,
    )
  return { url: stored.url, apiKey: apiKey === '' ? stored.apiKey : apiKey }
}

/**
 * Checks the address of a service; gives it back without a slash at the end.
 *
 * @param from what it was read from, for the message.
 * @throws UsageError
 */
export function checkUrl(text: string, from: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.search !== ''
  )
    throw new UsageError(`${from} must be the address of the service, such as https://webhooks.example.com.`)
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

/**
 * Checks that a header can carry the key: what refuses it later would quote it.
 *
 * @throws UsageError
 */
export function checkKey(apiKey: string): string {
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw new UsageError('The API key is empty, or has characters that no key has (not quoted here).')
  return apiKey
}
