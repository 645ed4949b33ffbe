import { SECRET_VARIABLE } from './receiver-facts.ts'

/** Lines of a POSIX shell, to be pasted too, that put the key of the shared secret into `$key`, in hexadecimal. */
export const keyLines = `case $${SECRET_VARIABLE} in
  whsec_*) key=$(printf %s "\${${SECRET_VARIABLE}#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n') ;;
  *) key=$(printf %s "$${SECRET_VARIABLE}" | od -An -v -tx1 | tr -d ' \\n') ;;
esac`

/** And lines that make `$signature` of `$key`, `$id`, `$timestamp` and `$body`. */
export const signatureLines = `signature=$(printf '%s.%s.%s' "$id" "$timestamp" "$body" \\
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)`

/** A text as one word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
