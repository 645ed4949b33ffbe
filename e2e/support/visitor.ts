import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A person with a browser of their own. */
export type Visitor = {
  page: Page
  /** What the browser had to complain about: errors of scripts, and what the content security policy refused. */
  complaints: string[]
}

/** Answers that say no are part of the story: the browser notes them down as errors of its own. */
const EXPECTED = /^Failed to load resource: .* status of 4\d\d|^ApiProblem: There is no such/

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { page, complaints: complaintsOf(page) }
}

/** What the browser has to complain about on this page from now on; the list grows. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
  })
  return complaints
}

export type Person = { name: string; email: string }

export const PASSWORD = 'correct horse battery'

/** Comes in by the link of an invitation. */
export async function acceptInvitation(page: Page, link: string, { name, email }: Person): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Name').fill(name)
  const field = page.getByLabel('E-mail')
  if (await field.isEditable()) await field.fill(email)
  await page.getByLabel('Password').first().fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: `Account menu: ${name}` }).waitFor()
}
