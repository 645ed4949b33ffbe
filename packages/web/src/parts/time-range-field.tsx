import { Group, NativeSelect, TextInput } from '@mantine/core'
import {
  fromLocalInput,
  type LastRange,
  lastRanges,
  type RangeSearch,
  rangeName,
  toLocalInput,
} from './time-range.ts'

type Props = {
  search: RangeSearch
  /** What holds where the search says nothing; undefined: all of the time. */
  fallback: LastRange | undefined
  onChange: (search: RangeSearch) => void
}

/** Chooses a stretch of time: one of the last, or from and to. */
export function TimeRangeField({ search, fallback, onChange }: Props) {
  const name = rangeName(search, fallback)
  const choose = (next: string): void => {
    if (next === 'custom') onChange({ from: new Date(Date.now() - lastRanges.day.ms).toISOString() })
    else onChange(next === (fallback ?? 'all') ? {} : { range: next })
  }
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        aria-label="Time"
        value={name ?? 'all'}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          ...(fallback === undefined ? [{ value: 'all', label: 'All time' }] : []),
          ...Object.entries(lastRanges).map(([value, { label }]) => ({ value, label })),
          { value: 'custom', label: 'From … to …' },
        ]}
      />
      {name === 'custom' && (
        <>
          <TextInput
            type="datetime-local"
            aria-label="From"
            value={toLocalInput(search.from)}
            onChange={(event) => onChange({ ...search, from: fromLocalInput(event.currentTarget.value) })}
          />
          <TextInput
            type="datetime-local"
            aria-label="To"
            value={toLocalInput(search.to)}
            onChange={(event) => onChange({ ...search, to: fromLocalInput(event.currentTarget.value) })}
          />
        </>
      )}
    </Group>
  )
}
