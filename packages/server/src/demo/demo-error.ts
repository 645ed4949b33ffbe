/** The demo cannot go on; the message is for the user, and says what to do. */
export class DemoError extends Error {
  override name = 'DemoError'
}
