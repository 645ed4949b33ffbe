import { Button, Group, Text } from '@mantine/core'
import { IconReload } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { countText } from '../parts/count.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { rangeOf } from '../parts/time-range.ts'
import { TimeRangeField } from '../parts/time-range-field.tsx'
import { useNow } from '../parts/use-now.ts'
import { ReplayDialog } from '../replay/replay-dialog.tsx'
import { ReplayList } from '../replay/replay-list.tsx'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import { GapTable } from './gap-table.tsx'
import classes from './gaps-page.module.css'
import { type Looked, nothingMissing, restText } from './nothing-missing.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/gaps')

const USUAL_RANGE = 'day'
/** The check goes on by itself until so many are found. */
const WANTED_ROWS = 50

type Selection = Schema<'Replay'>['selection']

/** The gap check: what a webhook should have had and has not, and the way to send it after all. */
export function GapsPage() {
  const path = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const me = useMe()
  const hindrance = useHindrance(path)
  const nowMs = useNow(60_000)
  const { from, to } = rangeOf(search, USUAL_RANGE, nowMs)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [selection, setSelection] = useState<Selection | null>(null)
  // Where only the end is given, it begins with the first event.
  const query = { from: from ?? new Date(0).toISOString(), to, limit: 200 }
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/gaps', { path, query })
  const { rows = [], hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (rows.length < WANTED_ROWS && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [rows.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  const sum = (of: keyof Looked): number =>
    (list.data?.pages ?? []).reduce((total, page) => total + page[of], 0)
  const looked = { examined: sum('examined'), pending: sum('pending'), noLongerKept: sum('noLongerKept') }
  const found = rows.filter(({ eventId }) => chosen.has(eventId)).map(({ eventId }) => eventId)
  const replayAll = (): void =>
    setSelection({ gaps: true, from: query.from, to: to ?? new Date().toISOString() })
  return (
    <div className={classes.page}>
      <section aria-label="Gap check">
        <Text size="sm" c="dimmed" mb="sm" maw={760}>
          What this webhook should have had and has not: its delivery failed or was canceled, or deliveries
          were off. It should have had what its topics and filters matched at the time.
        </Text>
        <Group justify="space-between" align="flex-end" gap="sm" mb="sm">
          <TimeRangeField
            search={search}
            fallback={USUAL_RANGE}
            onChange={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
          />
          {me.isEditor && rows.length > 0 && (
            <Group gap="xs">
              {found.length > 0 && (
                <Button
                  variant="default"
                  disabled={hindrance !== undefined || found.length > 1_000}
                  onClick={() => setSelection({ eventIds: found })}
                >
                  Replay {found.length.toLocaleString('en')} chosen
                </Button>
              )}
              <Button
                leftSection={<IconReload size={16} />}
                disabled={hindrance !== undefined}
                onClick={replayAll}
              >
                {hasNextPage ? 'Replay all that is missing' : replayAllText(rows.length)}
              </Button>
            </Group>
          )}
        </Group>
        {me.isEditor && rows.length > 0 && hindrance !== undefined && (
          <Text size="sm" mb="xs">
            {hindrance}
          </Text>
        )}
        <ListBody
          list={list}
          what="missing events"
          empty={<NothingMissing looked={looked} isLooking={hasNextPage} />}
        >
          {(gaps) => (
            <>
              <Text size="sm" c="dimmed" mb="xs" role="status">
                {countText(gaps.length, 'event is missing', 'events are missing')} of{' '}
                {looked.examined.toLocaleString('en')} looked at{restText(looked)}
              </Text>
              <GapTable
                path={path}
                gaps={gaps}
                chosen={chosen}
                onChoose={me.isEditor ? setChosen : undefined}
              />
            </>
          )}
        </ListBody>
      </section>
      <ReplayList path={path} />
      <ReplayDialog
        path={path}
        selection={selection}
        onClose={() => setSelection(null)}
        onStarted={() => {
          setSelection(null)
          setChosen(new Set())
        }}
      />
    </div>
  )
}

function NothingMissing({ looked, isLooking }: { looked: Looked; isLooking: boolean }) {
  const { examined } = looked
  if (isLooking)
    return (
      <EmptyState title="Looking …">{countText(examined, 'event', 'events')} looked at so far.</EmptyState>
    )
  if (examined === 0) return <EmptyState title="No events in this time" />
  const { title, text } = nothingMissing(looked)
  return <EmptyState title={title}>{text}</EmptyState>
}

function replayAllText(count: number): string {
  return count === 1 ? 'Replay the event' : `Replay all ${count.toLocaleString('en')} events`
}
