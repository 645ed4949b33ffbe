import type { Target } from '../context.ts'
import { formatCount } from './words.ts'

/** Shows how far something is. */
export type Progress = {
  show(done: number, total: number, note: string): void
  /** Takes the bar away. */
  end(): void
}

const BAR_WIDTH = 24

/** Draws a bar on a terminal; elsewhere writes a line each time that something has changed, at most one every 10 %. */
export function createProgress(target: Target): Progress {
  let isDrawn = false
  let shownTenths = -1

  function clear(): void {
    if (isDrawn) target.write('\r\x1b[2K')
    isDrawn = false
  }

  return {
    show(done, total, note) {
      const part = total === 0 ? 1 : Math.min(done / total, 1)
      const text = `${Math.floor(part * 100)} %  ${formatCount(done)} of ${formatCount(total)}${note && `, ${note}`}`
      if (target.isTTY) {
        clear()
        // A bar that is wrapped could not be cleared again.
        target.write(`${drawBar(part)} ${text}`.slice(0, (target.columns || 80) - 1))
        isDrawn = true
        return
      }
      const tenths = Math.floor(part * 10)
      if (tenths > shownTenths) target.write(`${text}\n`)
      shownTenths = tenths
    },
    end: clear,
  }
}

function drawBar(part: number): string {
  const filled = Math.round(part * BAR_WIDTH)
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
}
