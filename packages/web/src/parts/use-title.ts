import { useLayoutEffect } from 'react'

const PRODUCT = 'Workflow Webhooks'

const parts: { page: string[]; place: string[] } = { page: [], place: [] }

/**
 * A part of the browser tab's title: the `place` (a workflow, a profile) and the `page` within it, whichever is drawn
 * first. `Members · Acme · Workflow Webhooks`.
 */
export function useTitle(text: string, part: 'page' | 'place'): void {
  useLayoutEffect(() => {
    parts[part].push(text)
    write()
    return () => {
      parts[part].splice(parts[part].lastIndexOf(text), 1)
      write()
    }
  }, [text, part])
}

function write(): void {
  const given = [parts.page.at(-1), parts.place.at(-1), PRODUCT]
  document.title = given.filter((text) => text !== undefined).join(' · ')
}
