import { Tabs, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Code } from '../../parts/code.tsx'
import { Mono } from '../../parts/mono.tsx'
import { SecretSection } from '../secret-section.tsx'
import type { WebhookPath } from '../use-webhook.ts'
import { curlCode } from './curl-code.ts'
import { goCode } from './go-code.ts'
import { nodeCode } from './node-code.ts'
import { pythonCode } from './python-code.ts'
import classes from './receiver-code.module.css'
import { type ReceiverFacts, SECRET_VARIABLE } from './receiver-facts.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/receiver')

const codes = {
  node: { label: 'Node', write: nodeCode },
  python: { label: 'Python', write: pythonCode },
  go: { label: 'Go', write: goCode },
  curl: { label: 'curl', write: curlCode },
} as const

/** Code for a receiver, filled in with the webhook; the secret stands beside it, in no code. */
export function ReceiverCode({ path, facts }: { path: WebhookPath; facts: ReceiverFacts }) {
  const { code } = route.useSearch()
  const navigate = route.useNavigate()
  const chosen = code !== undefined && Object.hasOwn(codes, code) ? code : 'node'
  return (
    <>
      <div className={classes.secret}>
        <Text size="sm">
          The code takes the secret from the environment variable <Mono>{SECRET_VARIABLE}</Mono>:
        </Text>
        <SecretSection {...path} />
      </div>
      <Tabs
        value={chosen}
        onChange={(code) => void navigate({ search: { code: code! }, replace: true, resetScroll: false })}
        keepMounted={false}
      >
        <Tabs.List mb="xs">
          {Object.entries(codes).map(([name, { label }]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {Object.entries(codes).map(([name, { label, write }]) => (
          <Tabs.Panel key={name} value={name}>
            {name === 'curl' && (
              <Text size="sm" mb="xs">
                Tries your receiver before Outtake sends: it makes a test event, signs it as Outtake would and
                posts it. Any 2xx means that it works.
              </Text>
            )}
            <Code label={`${label} code`} copyLabel={`Copy the ${label} code`} maxHeight={460}>
              {write(facts)}
            </Code>
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
