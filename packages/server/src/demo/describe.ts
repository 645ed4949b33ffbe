import type { Environment } from './environment.ts'
import type { Feed } from './feed.ts'
import { plural } from './output.ts'
import type { SetUp } from './set-up.ts'

/** What was read of a feed, in lines. */
export function describeFeed(file: string, { alerts, notes }: Feed): string[] {
  return [`Read ${plural(alerts.length, 'row')} of ${file}.`, ...notes.map((note) => `  ${note}`)]
}

/** What was started and made, in lines. */
export function describeSetUp({ serviceUrl, receiver }: Environment, { profile, workflow }: SetUp): string[] {
  return [
    `  Service   ${serviceUrl}, in a temporary directory`,
    `  Profile   ${profile.name}, with webhook access`,
    `  Workflow  ${workflow.name}: ${workflow.states.join(' → ')}`,
    `  Receiver  ${receiver.url}, with a certificate that the service trusts`,
    '  Webhook   from that workflow to that receiver: all four topics, a generated secret',
    '',
    'Only in this demo may the service send to this machine itself (127.0.0.0/8).',
    'The receiver checks secret, signature and order. It fails every 10th delivery on purpose, the 20th twice.',
  ]
}

/** What to do after the demo, in lines. */
export function describeNextSteps(): string[] {
  return [
    'Next:',
    '  npm run demo -- --keep             the same, and it stays up for you to try the app and the API',
    '  npm run demo -- --feed FILE.csv    files a feed of your own: columns date,URL,description',
    '  npm start                          the service itself',
  ]
}

/** How to go on with a demo that stays up, in lines. */
export function describeStay({ serviceUrl, operatorKey, signIn }: Environment, workflowId: string): string[] {
  const alert = {
    alertId: 'my-first',
    type: 'content',
    platform: 'email',
    subject: 'Invoice overdue',
    securityDescription: 'A look-alike asks for payment.',
  }
  return [
    'It stays up until you press Ctrl-C. All of this ends with it.',
    `  The app       ${serviceUrl}/workflows/${workflowId}/webhooks`,
    `    sign in as  ${signIn.email}`,
    `    password    ${signIn.password}`,
    `  The API       ${serviceUrl}/docs`,
    `    key         ${operatorKey}`,
    '',
    'File an alert, and see its delivery below:',
    '',
    `curl ${serviceUrl}/api/v1/workflows/${workflowId}/items \\`,
    `  -H 'authorization: Bearer ${operatorKey}' \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '${JSON.stringify({ alert })}'`,
    '',
  ]
}
