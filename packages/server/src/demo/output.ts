import { stripVTControlCharacters, styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Writes for a reader: lines everywhere, a progress bar and colours where there is a terminal. */
export type Output = {
  line(text?: string): void
  /** Colours text on a terminal, unless NO_COLOR is set. */
  style(format: Format, text: string): string
  /** Shows how far something is; `note` stands behind it on a terminal only. Elsewhere, a line every 10 %. */
  progress(done: number, total: number, what: string, note: string): void
  /** Takes the bar away. */
  endProgress(): void
}

const REDRAW_MS = 60

/** Makes the output of the demo. */
export function createOutput(stream: NodeJS.WriteStream = process.stdout): Output {
  const style: Output['style'] = (format, text) => styleText(format, text, { stream })
  let bar = ''
  let drawnAt = 0
  let shownTenths = 0

  const clear = () => {
    if (bar !== '') stream.write('\r\x1b[2K')
  }
  return {
    style,
    line(text = '') {
      clear()
      stream.write(`${text}\n${bar}`)
    },
    progress(done, total, what, note) {
      if (!stream.isTTY) {
        const tenths = Math.floor((done * 10) / total)
        if (tenths > shownTenths) stream.write(`  ${percent(done, total)}  ${countOf(done, total)} ${what}\n`)
        shownTenths = tenths
        return
      }
      const now = performance.now()
      if (now - drawnAt < REDRAW_MS && done < total) return
      drawnAt = now
      clear()
      const text = ` ${percent(done, total)}  ${countOf(done, total)} ${what}`
      bar = fit(`  ${drawBar(done / total, style)}${text}${note}`, (stream.columns || 80) - 1, style)
      stream.write(bar)
    },
    endProgress() {
      clear()
      bar = ''
      shownTenths = 0
    },
  }
}

const BAR_WIDTH = 24

function drawBar(part: number, style: Output['style']): string {
  const filled = Math.round(Math.min(part, 1) * BAR_WIDTH)
  return style('green', '█'.repeat(filled)) + style('dim', '░'.repeat(BAR_WIDTH - filled))
}

/** A bar that is wrapped could not be cleared again. */
function fit(text: string, columns: number, style: Output['style']): string {
  const plain = stripVTControlCharacters(text)
  return plain.length <= columns ? text : style('dim', plain.slice(0, Math.max(columns, 0)))
}

const percent = (done: number, total: number) => `${Math.floor((done * 100) / total)} %`.padStart(5)

const countOf = (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)}`

/** A number as people read it: `1,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** A number with its noun: `1 row`, `2 rows`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`
}

/**
 * Makes text that came from outside fit for one line of `columns` columns: no control or invisible characters,
 * which could change what the terminal shows, and `…` where it is cut.
 */
export function toOneLine(text: string, columns: number): string {
  const visible = stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  if (widthOf(visible) <= columns) return visible
  let cut = ''
  let width = 0
  for (const character of visible) {
    width += widthOf(character)
    if (width > columns - 1) break
    cut += character
  }
  return `${cut}…`
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u

/** Columns on a terminal; East Asian characters and emoji take two. */
function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue
    width += wide.test(character) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1
  }
  return width
}
