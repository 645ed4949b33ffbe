/**
 * The ways in which a receiver's answer may spell a value that it was sent: as it is, in JSON (of several languages),
 * in a URL, in HTML, and within base64.
 */
export function spellings(value: string): Buffer[] {
  const bytes = Buffer.from(value, 'utf8')
  const texts = new Set([
    value,
    ...jsonSpellings(value),
    ...urlSpellings(value),
    ...htmlSpellings(value),
    ...base64Spellings(bytes),
  ])
  const found = [...texts].map((text) => Buffer.from(text, 'utf8'))
  // Header values are Latin-1 on the wire, and may come back like that.
  return bytes.length === value.length ? found : [...found, Buffer.from(value, 'latin1')]
}

function jsonSpellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  const unicode = (text: string, characters: RegExp) =>
    text.replace(characters, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const ascii = unicode(json, /[\u0080-\uffff]/g)
  // In turn: JavaScript, Python, PHP, Go.
  return [json, ascii, ascii.replaceAll('/', '\\/'), unicode(json, /[<>&]/g)]
}

function urlSpellings(value: string): string[] {
  const component = encodeURIComponent(value)
  const all = [component, component.replaceAll('%20', '+'), encodeURI(value)]
  return [...all, ...all.map((text) => text.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()))]
}

function htmlSpellings(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = text.replaceAll('"', '&quot;')
  return [text, quoted, ...['&#39;', '&#x27;', '&apos;'].map((quote) => quoted.replaceAll("'", quote))]
}

/**
 * What is the same wherever in a longer base64 text the bytes stand: for each of the three places that their beginning
 * can have in a group of three bytes, the characters that carry bits of nothing else.
 */
function base64Spellings(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
