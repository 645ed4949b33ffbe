import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What WCAG 2.2 AA asks for and is not there. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations: found } = await new AxeBuilder({ page })
    .options({ runOnly: tags, resultTypes: ['violations'] })
    // Otherwise it opens another page for the frames of other origins, and there are none.
    .setLegacyMode()
    .analyze()
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`))
}

/** What one sees only by scrolling sideways: the page itself, or a part of it. Code may scroll within its block. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('html, body *')]
    .filter((element) => {
      if (element === document.documentElement) return element.scrollWidth > window.innerWidth
      const { overflowX } = getComputedStyle(element)
      const isScrollable = overflowX === 'auto' || overflowX === 'scroll'
      return isScrollable && element.scrollWidth > element.clientWidth && !element.querySelector(':scope > pre')
    })
    .map((element) => element.outerHTML.slice(0, 200))`)
}
