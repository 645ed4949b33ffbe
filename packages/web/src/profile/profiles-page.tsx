import { Button, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { ACCESS_OFF, AccessSwitch } from './access-switch.tsx'
import { CreateProfile } from './create-profile.tsx'

/** All customers, with their webhook access. */
export function ProfilesPage() {
  const list = useApiList('/api/v1/profiles')
  const [isCreating, creating] = useDisclosure()
  const button = <Button onClick={creating.open}>Create profile</Button>
  return (
    <>
      <PageHeader
        title="Profiles"
        description={`A profile is a customer; with webhook access its admins can configure webhooks. ${ACCESS_OFF}`}
        actions={button}
      />
      <ListBody
        list={list}
        what="profiles"
        empty={
          <EmptyState title="No profiles yet" action={button}>
            A profile is a customer, who owns workflows. Create one, grant it webhook access, and invite its
            first admin.
          </EmptyState>
        }
      >
        {(profiles) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th w={{ base: 168, sm: 260 }}>Webhook access</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {profiles.map((profile) => (
                <Table.Tr key={profile.profileId}>
                  <Table.Td>
                    <TextLink to="/profiles/$profileId" params={{ profileId: profile.profileId }}>
                      <Text span inherit style={{ overflowWrap: 'anywhere' }}>
                        {profile.name}
                      </Text>
                    </TextLink>
                  </Table.Td>
                  <Table.Td>
                    <AccessSwitch profile={profile} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </ListBody>
      <CreateProfile isOpen={isCreating} onClose={creating.close} />
    </>
  )
}
