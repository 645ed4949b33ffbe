import { useCallback, useEffect, useRef, useState } from 'react'

/** Brings whoever saves to the first field that is wrong. `formRef` belongs to the form. */
export function useFocusFirstError() {
  const formRef = useRef<HTMLFormElement>(null)
  const [askedTimes, setAskedTimes] = useState(0)
  // After the errors are drawn: until then no field is known to be wrong.
  useEffect(() => {
    if (askedTimes > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [askedTimes])
  const focusFirstError = useCallback(() => setAskedTimes((times) => times + 1), [])
  return { formRef, focusFirstError }
}
