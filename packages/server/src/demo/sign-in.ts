import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AcceptInvitation } from '@workflow-webhooks/contract'
import { DemoError } from './demo-error.ts'

/** With what a person signs in to the demo. */
export type SignIn = { email: string; password: string }

/** Becomes the first operator, as a person does: by the one-time link that the service has put into its directory. */
export async function becomeFirstOperator(
  serviceUrl: string,
  dataDir: string,
  signal: AbortSignal,
): Promise<SignIn> {
  const link = (await readFile(join(dataDir, 'first-operator-link'), 'utf8')).trim()
  const signIn = { email: 'demo@example.com', password: randomBytes(12).toString('base64url') }
  const body: AcceptInvitation = { token: link.split('#')[1]!, name: 'Demo', ...signIn }
  const answer = await fetch(`${serviceUrl}/api/v1/invitations/accept`, {
    method: 'POST',
    headers: { origin: serviceUrl, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  if (!answer.ok) throw new DemoError(`The link of the first operator was answered ${answer.status}.`)
  return signIn
}
