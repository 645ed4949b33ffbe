import type { Schema } from '../api/client.ts'
import { Facts } from '../parts/facts.tsx'
import { Mono } from '../parts/mono.tsx'

/** Where notices go beside the app, for reading. */
export function NoticePlaces({ settings: { webhook, emails } }: { settings: Schema<'NoticeSettings'> }) {
  return (
    <Facts
      facts={[
        { label: 'Operational webhook', value: webhook === undefined ? 'none' : <Mono>{webhook.url}</Mono> },
        { label: 'E-mail', value: emails.join(', ') || 'none' },
      ]}
    />
  )
}
