import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test('what cannot be seen is shown as an escape; line breaks, tabs and all letters stay', () => {
  expect(visibleText('a\u0000b\u001b[31m\u202egpj.exe\u2069\ufeff')).toBe(
    String.raw`a\u{0}b\u{1b}[31m\u{202e}gpj.exe\u{2069}\u{feff}`,
  )
  const plain = '<script>alert(1)</script>\n\t佐川急便 עברית 👩‍💻'.replace('\u200d', '')
  expect(visibleText(plain)).toBe(plain)
})
