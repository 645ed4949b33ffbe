/** A line of a CSV file (RFC 4180, section 2). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`
}

/**
 * Where a spreadsheet would see a formula begin: the start of a cell, which may be behind white space, and to one that
 * separates cells otherwise also behind `;`, a tab or a line break. The signs may be full-width ones.
 */
const FORMULA_START = /^(?=[\t\r\n])|(^|[;\t\r\n])(?=[^\S\t\r\n]*[=+\-@＝＋－＠])/g

/** What a spreadsheet would take for a formula gets an apostrophe in front: subjects come from strangers. */
function toCell(text: string): string {
  const inert = text.replace(FORMULA_START, "$1'")
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
