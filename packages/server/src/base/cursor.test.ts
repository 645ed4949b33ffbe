import { describe, expect, test } from 'vitest'
import { decodeCursor, encodeCursor, toPage } from './cursor.ts'
import { AppError } from './errors.ts'

describe('a cursor', () => {
  test('gives back the id that it was made of, in its own list', () => {
    expect(decodeCursor('webhooks of wfl_1', encodeCursor('webhooks of wfl_1', 'whk_9'))).toBe('whk_9')
    expect(decodeCursor('webhooks of wfl_1', undefined)).toBeUndefined()
  })

  test.each([
    ['of another list', encodeCursor('webhooks of wfl_2', 'whk_9')],
    ['with an id that the database cannot compare', encodeCursor('webhooks of wfl_1', 'whk\0')],
    ['with more than an id', encodeCursor('webhooks of wfl_1', 'whk_9\nmore')],
    ['without an id', encodeCursor('webhooks of wfl_1', '')],
    ['that is an id', 'whk_9'],
    ['that is not base64', '%%%'],
    ['that is empty', ''],
  ])('%s is an error of the field `cursor`', (_, cursor) => {
    const fields = catchError(() => decodeCursor('webhooks of wfl_1', cursor)).fields
    expect(fields).toEqual([{ field: 'cursor', message: expect.any(String) }])
  })
})

describe('a page', () => {
  const page = (rows: string[], limit: number) =>
    toPage(
      'things',
      rows,
      limit,
      (row) => row,
      (row) => ({ row }),
    )

  test('has a cursor exactly where another page follows, and it points to the last entry shown', () => {
    const { data, nextCursor } = page(['c', 'b', 'a'], 2)
    expect(data).toEqual([{ row: 'c' }, { row: 'b' }])
    expect(decodeCursor('things', nextCursor!)).toBe('b')
    expect(page(['b', 'a'], 2)).toEqual({ data: [{ row: 'b' }, { row: 'a' }], nextCursor: null })
    expect(page([], 2)).toEqual({ data: [], nextCursor: null })
  })
})

function catchError(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
