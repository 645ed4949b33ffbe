import { Button, Group, Text } from '@mantine/core'
import { IconReload } from '@tabler/icons-react'
import { useState } from 'react'
import type { Schema } from '../api/client.ts'
import { countText } from '../parts/count.ts'
import { notifyDone } from '../parts/notify.tsx'
import { ReplayDialog } from '../replay/replay-dialog.tsx'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import type { LogFilter } from './log-search.ts'

type Props = {
  path: WebhookPath
  filter: LogFilter
  /** The deliveries that are ticked. */
  chosen: Schema<'Delivery'>[]
  onDone: () => void
}

/** Replays the deliveries that are ticked, or all that the filters show of settled ones. */
export function ReplayBar({ path, filter, chosen, onDone }: Props) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const [selection, setSelection] = useState<Schema<'Replay'>['selection'] | null>(null)
  const { status } = filter
  const isSettled = status === 'failed' || status === 'canceled'
  if (!me.isEditor || (!isSettled && chosen.length === 0)) return null
  const eventIds = [...new Set(chosen.filter((one) => !one.test).map(({ eventId }) => eventId))]
  return (
    <Group gap="sm" mb="sm">
      {chosen.length > 0 && (
        <>
          <Text size="sm">{countText(chosen.length, 'delivery chosen', 'deliveries chosen')}</Text>
          <Button
            leftSection={<IconReload size={16} />}
            disabled={hindrance !== undefined || eventIds.length === 0}
            onClick={() => setSelection({ eventIds })}
          >
            Replay {countText(eventIds.length, 'event', 'events')}
          </Button>
        </>
      )}
      {isSettled && (
        <Button
          variant="default"
          leftSection={<IconReload size={16} />}
          disabled={hindrance !== undefined}
          onClick={() => setSelection({ ...filter, status, to: filter.to ?? new Date().toISOString() })}
        >
          Replay all that match
        </Button>
      )}
      {hindrance !== undefined && (
        <Text size="sm" c="dimmed">
          {hindrance}
        </Text>
      )}
      <ReplayDialog
        path={path}
        selection={selection}
        onClose={() => setSelection(null)}
        onStarted={() => {
          setSelection(null)
          onDone()
          notifyDone('The replay has started. The gap check shows how far it is.')
        }}
      />
    </Group>
  )
}
