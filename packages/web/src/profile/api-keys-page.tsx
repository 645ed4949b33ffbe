import { Anchor, Button, Table } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { client, type Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { ActionsHead } from '../parts/actions-head.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import { CreateApiKey } from './create-api-key.tsx'
import { TabBar } from './tab-bar.tsx'
import { useRemoval } from './use-removal.tsx'

const route = getRouteApi('/app/profiles/$profileId')

/** The keys with which programs call the API. */
export function ApiKeysPage() {
  const { profileId } = route.useParams()
  const me = useMe()
  const list = useApiList('/api/v1/profiles/{profileId}/api-keys', { path: { profileId } })
  const [isCreating, creating] = useDisclosure()
  const button = me.isEditor && <Button onClick={creating.open}>Create API key</Button>
  return (
    <>
      <TabBar title="API keys" action={list.rows?.length ? button : undefined}>
        Programs call the API with a key. A key can do whatever its role can do in this app:{' '}
        <Anchor href="/docs" underline="always">
          API documentation
        </Anchor>
        .
      </TabBar>
      <ListBody
        list={list}
        what="API keys"
        empty={
          <EmptyState title="No API keys yet" action={button}>
            With a pipeline key your systems file and move items; with an admin key, automation configures
            webhooks.
          </EmptyState>
        }
      >
        {(apiKeys) => <ApiKeyTable profileId={profileId} apiKeys={apiKeys} isEditor={me.isEditor} />}
      </ListBody>
      <CreateApiKey profileId={profileId} isOpen={isCreating} onClose={creating.close} />
    </>
  )
}

type TableProps = { profileId: string; apiKeys: readonly Schema<'ApiKey'>[]; isEditor: boolean }

function ApiKeyTable({ profileId, apiKeys, isEditor }: TableProps) {
  const removal = useRemoval<Schema<'ApiKey'>>({
    verb: 'Revoke',
    what: 'API key',
    consequence: 'Programs that use it get 401 from now on. It cannot be restored.',
    send: ({ apiKeyId }) =>
      client.DELETE('/api/v1/profiles/{profileId}/api-keys/{apiKeyId}', {
        params: { path: { profileId, apiKeyId } },
      }),
    refreshes: ['/api/v1/profiles/{profileId}/api-keys'],
    done: ({ name }) => `API key ${name} revoked.`,
  })
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th w={110}>Role</Table.Th>
            <Table.Th w={130} visibleFrom="sm">
              Created
            </Table.Th>
            {isEditor && <ActionsHead width={110} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {apiKeys.map((apiKey) => (
            <Table.Tr key={apiKey.apiKeyId}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{apiKey.name}</Table.Td>
              <Table.Td>{apiKey.role}</Table.Td>
              <Table.Td visibleFrom="sm">
                <Time at={apiKey.createdAt} />
              </Table.Td>
              {isEditor && (
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => removal.ask(apiKey)}
                    aria-label={`Revoke ${apiKey.name}`}
                  >
                    Revoke…
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {removal.dialog}
    </>
  )
}
