import { Table } from '@mantine/core'
import { Mono } from '../../parts/mono.tsx'
import classes from './header-table.module.css'

type Props = {
  /** The names of the webhook's own headers. */
  customNames: readonly string[]
  /** Of the service. */
  version: string | undefined
}

/** The headers that a receiver gets, and what each is for. */
export function HeaderTable({ customNames, version = '…' }: Props) {
  const rows = [
    ...headers,
    ['user-agent', `Outtake-Webhooks/${version}`] as const,
    ...customNames.map((name) => [name, 'A custom header of this webhook, with its stored value.'] as const),
  ]
  return (
    <Table highlightOnHover={false} className={classes.table!}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={200}>Header</Table.Th>
          <Table.Th>What it is for</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, meaning]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              <Mono>{name}</Mono>
            </Table.Th>
            <Table.Td>{meaning}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const headers: readonly (readonly [name: string, meaning: string])[] = [
  ['content-type', 'application/json'],
  [
    'x-outtake-secret',
    'The shared secret itself. Compare it with yours in constant time where you cannot verify the signature; it covers neither the body nor its age.',
  ],
  [
    'webhook-id',
    'The id of the event, the same as eventId in the body, in every attempt and replay. Deduplicate on it.',
  ],
  [
    'webhook-timestamp',
    'When this attempt was sent, in seconds since 1970. Refuse anything more than 5 minutes off.',
  ],
  [
    'webhook-signature',
    '“v1,” and the base64 of the HMAC-SHA256 of webhook-id.webhook-timestamp.body, each with a dot between. While the secret is rotated with an overlap there are two, with a space between, the newer first: one match is enough.',
  ],
  [
    'x-outtake-delivery-id',
    'The id of the delivery: a replay has the same webhook-id, but another one of these.',
  ],
  ['x-outtake-attempt', 'Which attempt of the delivery this is, from 1.'],
]
