import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'

/** A value once it has stood still for `waitMs`; the same object as long as its JSON is the same. */
export function useDebouncedJson<Value>(value: Value, waitMs: number): Value {
  const [json] = useDebouncedValue(JSON.stringify(value), waitMs)
  return useMemo(() => JSON.parse(json) as Value, [json])
}
