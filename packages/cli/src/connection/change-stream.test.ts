import { waitFor } from '@workflow-webhooks/testkit'
import { expect, test } from 'vitest'
import { followChanges, type StreamTimes } from './change-stream.ts'

const times: StreamTimes = { waitMs: 1, longestWaitMs: 4, silenceMs: 5_000 }
const CHANGE = 'data: {"workflowId":"wfl_1","changed":["deliveries"]}\n\n'

/** Follows streams of these texts, one after the other; each ends after its text unless it is to stay open. */
function follow(streams: (string | Error | { text: string; isOpen: true })[], given = times) {
  const heard: string[] = []
  const stop = new AbortController()
  const left = streams.values()
  const ended = followChanges(
    {
      async stream(_path, signal) {
        const next = left.next().value ?? { text: '', isOpen: true as const }
        if (next instanceof Error) throw next
        const text = typeof next === 'string' ? next : next.text
        return new ReadableStream({
          start(controller) {
            // In two parts, to be put together again.
            for (const part of [text.slice(0, 9), text.slice(9)])
              if (part !== '') controller.enqueue(new TextEncoder().encode(part))
            if (typeof next === 'string') controller.close()
            else signal.addEventListener('abort', () => controller.error(signal.reason))
          },
        })
      },
    },
    {
      connected: () => heard.push('connected'),
      change: ({ workflowId, changed }) => heard.push(`${workflowId} ${changed}`),
      lost: (why) => heard.push(`lost: ${why}`),
      replaced: () => heard.push('replaced'),
    },
    stop.signal,
    given,
  )
  return { heard, ended, stop: () => stop.abort() }
}

test('it comes back after the stream has ended or was refused, and says each time what was not heard', async () => {
  const { heard, ended, stop } = follow([`retry: 5\n\n:\n\n${CHANGE}`, new Error('refused'), CHANGE])
  await waitFor(() => heard.length >= 7)
  stop()
  await ended
  expect(heard).toEqual([
    'connected',
    'wfl_1 deliveries',
    'lost: the service has ended it',
    'lost: refused',
    'connected',
    'wfl_1 deliveries',
    'lost: the service has ended it',
    ...heard.slice(7),
  ])
})

test('where another reader has taken it, it does not come back', async () => {
  const { heard, ended } = follow(['event: replaced\ndata: {}\n\n', CHANGE])
  await ended
  expect(heard).toEqual(['connected', 'replaced'])
})

test('a stream that is silent is cut: the service would have sent something', async () => {
  const { heard, ended, stop } = follow([{ text: CHANGE, isOpen: true }], { ...times, silenceMs: 20 })
  await waitFor(() => heard.length >= 3)
  stop()
  await ended
  expect(heard.slice(0, 3)).toEqual(['connected', 'wfl_1 deliveries', 'lost: it was silent for 0.02 s'])
})
