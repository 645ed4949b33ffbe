import { useCallback, useRef } from 'react'

const KEY_BYTES = 16

/** Gives a key for a body, the same for the same body: sent again after a lost answer, it makes nothing twice. */
export function useIdempotencyKey(): (body: unknown) => string {
  const latest = useRef({ json: '', key: '' })
  return useCallback((body) => {
    const json = JSON.stringify(body)
    if (latest.current.json !== json) latest.current = { json, key: randomKey() }
    return latest.current.key
  }, [])
}

function randomKey(): string {
  // `crypto.randomUUID` is only there over TLS and on localhost.
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES)).join('-')
}
