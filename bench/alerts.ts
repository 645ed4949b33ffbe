import { createRandom, type Random } from './random.ts'

/** An alert as the benchmark files it: the fields of the contract's `alert`. */
export type BenchAlert = {
  alertId: string
  type: 'content' | 'account'
  platform: string
  subject: string
  contentTitle: string
  securityDescription: string
  agentReasoning: string
}

/** As many platforms as there are webhooks: each webhook's filter lets one of them through. */
export const PLATFORM_COUNT = 10

const ALERT_ID_DIGITS = 9
export const ALERT_ID_PREFIX = 'alert-'

/**
 * Makes the alert with this index, always the same one: a phishing report, of the size and shape that such feeds
 * have. Its delivery's body has 1.0 to 1.6 kB.
 *
 * @param platform of which platform, from 0; each in turn unless given.
 */
export function makeAlert(index: number, platform = index % PLATFORM_COUNT): BenchAlert {
  const random = createRandom(index)
  const brand = random.pick(BRANDS)
  const host = `${random.pick(LURES)}-${brand.slug}.${random.hex(6)}.${random.pick(ZONES)}`
  const isAccount = random.below(8) === 0
  return {
    alertId: alertIdOf(index),
    type: isAccount ? 'account' : 'content',
    platform: platformName(platform),
    subject: isAccount
      ? `https://social.example/@${brand.slug}_${random.pick(LURES)}_${random.hex(4)}`
      : `https://${host}/${random.pick(PATHS)}?id=${random.hex(24)}&ref=${random.hex(8)}`,
    contentTitle: `${brand.name} | ${random.pick(TITLES)}`,
    securityDescription: writeDescription(random, brand.name, host),
    agentReasoning: random.pick(REASONINGS),
  }
}

/** The `platform` of a webhook's filter, from 0. */
export const platformName = (platform: number) => `platform-${platform}`

/** The `alertId` of an alert by its index. */
export const alertIdOf = (index: number) => ALERT_ID_PREFIX + String(index).padStart(ALERT_ID_DIGITS, '0')

function writeDescription(random: Random, brand: string, host: string): string {
  const first = `The page at ${host} imitates the sign-in form of ${brand}.`
  const sentences = [first]
  const count = 2 + random.below(3)
  while (sentences.length <= count) sentences.push(random.pick(FINDINGS))
  return sentences.join(' ')
}

const BRANDS = [
  { name: 'Northwind Bank', slug: 'northwind' },
  { name: 'Contoso Pay', slug: 'contosopay' },
  { name: 'Fabrikam Cloud', slug: 'fabrikam' },
  { name: 'Tailspin Air', slug: 'tailspin' },
  { name: 'Wingtip Post', slug: 'wingtip' },
  { name: 'Litware Telecom', slug: 'litware' },
]
const LURES = ['secure', 'verify', 'account-update', 'login', 'billing', 'support', 'parcel', 'wallet']
const ZONES = ['pages.example', 'web-hosting.example', 'test', 'storage.example', 'sites.example']
const PATHS = [
  'signin/index.php',
  'wp-content/plugins/auth/login.html',
  'customer/verify/step1',
  'de/konto/bestaetigen',
  'track/parcel/pay',
  'oauth2/authorize',
]
const TITLES = ['Sign in', 'Confirm your identity', 'Your parcel is waiting', 'Unusual activity', 'Renew now']
const FINDINGS = [
  'Its form posts the password and the one-time code to a host that was registered four days ago.',
  'The certificate was issued this morning, and the same address serves eleven other look-alike names.',
  'The logo and the style sheet are hot-linked from the brand’s own site, which hides nothing from its logs.',
  'Visitors from outside the targeted country are redirected to the genuine page.',
  'A kit archive left in the web root names the mailbox to which the credentials go.',
  'The link is spread by text messages that announce an unpaid customs fee.',
  'A script disables the context menu and reports key strokes before the form is sent.',
]
const REASONINGS = [
  'Brand logo matched (0.97), password field present, domain unrelated to the brand: credential phishing.',
  'Page text and layout match a known kit; the host is new and shares its address with earlier cases.',
  'The account copies the brand’s name and picture and answers customers with a payment link.',
]
