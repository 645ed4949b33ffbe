import { Button, Group, Menu, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { statusClasses, topics } from '@workflow-webhooks/contract'
import { useEffect, useState } from 'react'
import { deliveryStatuses } from '../parts/delivery-status.ts'
import { LinkChoices } from '../parts/link-choices.tsx'
import { TimeRangeField } from '../parts/time-range-field.tsx'
import { topicsText } from '../webhook/topic-names.ts'
import classes from './log-filters.module.css'
import { exportHref, type LogFilter, type LogSearch, termOf, usualRange } from './log-search.ts'

/** So long after the last letter the log is asked. */
const TYPING_MS = 400

type Props = {
  scope: { workflowId: string; webhookId?: string }
  search: LogSearch
  filter: LogFilter
  onChange: (search: LogSearch) => void
}

/** What of a log is shown: by status, by words or an id, time, topic and HTTP status; and its export. */
export function LogFilters({ scope, search, filter, onChange }: Props) {
  return (
    <div className={classes.filters}>
      <StatusLinks search={search} />
      <Group gap="xs" align="flex-end">
        <SearchField key={termOf(search)} search={search} onChange={onChange} />
        <TimeRangeField
          search={search}
          fallback={usualRange(search)}
          onChange={({ range, from, to }) => onChange({ ...search, range, from, to })}
        />
        <NativeSelect
          aria-label="Topic"
          value={search.topic ?? ''}
          onChange={(event) => onChange({ ...search, topic: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Any topic' },
            ...topics.map((topic) => ({ value: topic, label: topicsText([topic]) })),
          ]}
        />
        <NativeSelect
          aria-label="HTTP status"
          value={search.http ?? ''}
          onChange={(event) => onChange({ ...search, http: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Any HTTP status' },
            ...statusClasses.map((value) => ({
              value,
              label: value === 'none' ? 'No HTTP status' : `HTTP ${value}`,
            })),
          ]}
        />
        <ExportMenu scope={scope} filter={filter} />
      </Group>
    </div>
  )
}

const statusChoices = [
  { status: undefined, label: 'All' },
  ...Object.entries(deliveryStatuses).map(([status, { label }]) => ({ status, label })),
]

function StatusLinks({ search }: { search: LogSearch }) {
  const choices = statusChoices.map(({ status, label }) => ({
    label,
    search: { ...search, status, delivery: undefined },
    isCurrent: status === search.status,
  }))
  return <LinkChoices label="Deliveries by status" choices={choices} />
}

function SearchField({ search, onChange }: Pick<Props, 'search' | 'onChange'>) {
  const [text, setText] = useState(termOf(search))
  useEffect(() => {
    if (text === termOf(search)) return
    const timer = setTimeout(() => {
      const { eventId: _, itemId: __, alertId: ___, ...others } = search
      onChange({ ...others, q: text || undefined })
    }, TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, search, onChange])
  return (
    <TextInput
      className={classes.search!}
      type="search"
      aria-label="Search"
      placeholder="Words of the subject, or an id"
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}

function ExportMenu({ scope, filter }: Pick<Props, 'scope' | 'filter'>) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={exportHref(scope, filter, 'csv')} download>
          All that matches, as CSV
        </Menu.Item>
        <Menu.Item component="a" href={exportHref(scope, filter, 'ndjson')} download>
          All that matches, as JSON lines
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
