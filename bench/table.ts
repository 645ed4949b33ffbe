/**
 * Lays rows out as lines of aligned columns: the first to the left, the others, which hold numbers, to the right.
 *
 * @param rows each with a cell for every heading, or fewer.
 */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const formatRow = (cells: readonly string[]) =>
    cells
      .map((cell, column) => align(cell, column, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [formatRow(headings), formatRow(widths.map((width) => '─'.repeat(width))), ...rows.map(formatRow)]
}

const align = (cell: string, column: number, width: number) =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width)

/** With commas between thousands, and so many decimal places. */
export function formatNumber(value: number, decimalPlaces = 0): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: decimalPlaces,
    maximumFractionDigits: decimalPlaces,
  })
}
