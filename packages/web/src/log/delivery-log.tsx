import { Button, Center, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import type { Schema } from '../api/client.ts'
import { useApi, type useApiList } from '../api/queries.ts'
import { DeliveryList } from '../delivery/delivery-list.tsx'
import { DeliveryPanel } from '../delivery/delivery-panel.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { Time } from '../parts/time.tsx'
import { keptText } from './kept-text.ts'
import { LogFilters } from './log-filters.tsx'
import type { LogFilter, LogSearch } from './log-search.ts'
import { ReplayBar } from './replay-bar.tsx'

/** A page can be short: the log goes on by itself until so many are found, or so many pages were looked at. */
const WANTED_ROWS = 20
const MAX_PAGES = 20

type LogList = ReturnType<typeof useApiList<'/api/v1/workflows/{workflowId}/deliveries'>>

type Props = {
  scope: { workflowId: string; webhookId?: string }
  search: LogSearch
  filter: LogFilter
  list: LogList
  /** What to say where there is none at all, without a filter. */
  empty: React.ReactNode
  /** In place of the topics: the webhook, where there are several. */
  labelOf?: (delivery: Schema<'Delivery'>) => string
}

/** The log of a webhook or of a workflow: filters, deliveries, and the one that is open beside them. */
export function DeliveryLog({ scope, search, filter, list, empty, labelOf }: Props) {
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { rows = [], data, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const pages = data?.pages ?? []
  const searchedTo = pages.at(-1)?.searchedTo
  useEffect(() => {
    const isShort = rows.length < WANTED_ROWS && pages.length < MAX_PAGES
    if (isShort && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [rows.length, pages.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  const change = useCallback(
    (next: LogSearch): void => {
      setChosen(new Set())
      void navigate({ to: '.', search: { ...next, delivery: undefined }, replace: true, resetScroll: false })
    },
    [navigate],
  )
  const open = (deliveryId: string | undefined): void =>
    void navigate({ to: '.', search: { ...search, delivery: deliveryId }, resetScroll: false })
  const isFiltered = Object.keys(filter).length > 0
  const { workflowId, webhookId } = scope
  return (
    <>
      <LogFilters scope={scope} search={search} filter={filter} onChange={change} />
      {webhookId !== undefined && (
        <ReplayBar
          path={{ workflowId, webhookId }}
          filter={filter}
          chosen={rows.filter((row) => chosen.has(row.deliveryId))}
          onDone={() => setChosen(new Set())}
        />
      )}
      <ListBody
        list={{ ...list, hasNextPage: hasNextPage && searchedTo === undefined }}
        what="deliveries"
        empty={isFiltered ? <NothingFound isLooking={hasNextPage} /> : empty}
      >
        {(deliveries) => (
          <DeliveryList
            deliveries={deliveries}
            linkTo={(deliveryId) => ({ to: '.', search: { ...search, delivery: deliveryId } })}
            openId={search.delivery}
            {...(labelOf && { labelOf })}
            {...(webhookId !== undefined && { chosen, onChoose: setChosen })}
          />
        )}
      </ListBody>
      {hasNextPage && searchedTo !== undefined && (
        <Center mt="sm">
          <Group gap="sm">
            <Text size="sm" c="dimmed">
              Looked back to <Time at={searchedTo} format="full" />.
            </Text>
            <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
              Look further back
            </Button>
          </Group>
        </Center>
      )}
      {!hasNextPage && <KeptNote />}
      <DeliveryPanel
        workflowId={workflowId}
        deliveryId={search.delivery}
        onClose={() => open(undefined)}
        onOpen={open}
      />
    </>
  )
}

/** Where the log ends, and why it goes no further back. */
function KeptNote() {
  const { data: rules } = useApi('/api/v1/delivery-rules')
  const text = rules && keptText(rules.keptDays)
  if (text === undefined) return null
  return (
    <Text size="xs" c="dimmed" mt="sm" ta="center">
      {text}
    </Text>
  )
}

function NothingFound({ isLooking }: { isLooking: boolean }) {
  return <EmptyState title={isLooking ? 'None found so far' : 'No delivery matches these filters'} />
}
