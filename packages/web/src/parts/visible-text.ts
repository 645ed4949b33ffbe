/**
 * What cannot be seen, or changes how the rest looks, as an escape: control characters but for line breaks and tabs,
 * and marks of direction, joining and byte order. So what strangers wrote changes nothing around it.
 */
export function visibleText(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
}

/** Unicode's classes “control”, “format” and the separators of lines and paragraphs. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
