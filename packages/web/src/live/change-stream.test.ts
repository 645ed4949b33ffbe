import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openChangeStream } from './change-stream.ts'

/** Stands in for the browser's: the test says what comes. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static all: FakeSource[] = []
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    super()
    FakeSource.all.push(this)
  }
  close(): void {
    this.readyState = FakeSource.CLOSED
  }
  /** As for an answer that is no stream. */
  refuse(): void {
    this.close()
    this.onerror?.()
  }
}

const listener = { change: vi.fn(), connected: vi.fn(), refused: vi.fn() }
let tab: EventTarget & { hidden: boolean }
let close: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  FakeSource.all = []
  tab = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('document', tab)
  vi.stubGlobal('window', new EventTarget())
  close = openChangeStream(listener)
})
afterEach(() => {
  close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const latest = (): FakeSource => FakeSource.all.at(-1)!

test('it passes on each change, and each time that it is connected', () => {
  latest().onopen!()
  latest().onmessage!({ data: '{"workflowId":"wfl_1","changed":["items"]}' })
  expect(listener.change).toHaveBeenCalledWith({ workflowId: 'wfl_1', changed: ['items'] })
  // The browser comes back by itself.
  latest().readyState = 0
  latest().onerror!()
  latest().onopen!()
  expect(listener.connected).toHaveBeenCalledTimes(2)
  expect([FakeSource.all.length, listener.refused.mock.calls.length]).toEqual([1, 0])
})

test('where it is refused it comes back, later each time, until it is let in', async () => {
  for (const waitMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    const count = FakeSource.all.length
    latest().refuse()
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(FakeSource.all.length).toBe(count)
    await vi.advanceTimersByTimeAsync(1)
    expect(FakeSource.all.length).toBe(count + 1)
  }
  expect(listener.refused).toHaveBeenCalledTimes(6)
  latest().onopen!()
  latest().refuse()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(FakeSource.all.length).toBe(8)
})

test('where another took its place it comes back when somebody looks, and not before', async () => {
  tab.hidden = true
  latest().dispatchEvent(new Event('replaced'))
  expect(latest().readyState).toBe(FakeSource.CLOSED)
  tab.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(FakeSource.all.length).toBe(1)
  tab.hidden = false
  tab.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(new Event('focus'))
  expect(FakeSource.all.length).toBe(2)
})

test('once it is closed nothing comes back', async () => {
  latest().refuse()
  close()
  await vi.advanceTimersByTimeAsync(120_000)
  tab.dispatchEvent(new Event('visibilitychange'))
  expect(FakeSource.all.length).toBe(1)
})
