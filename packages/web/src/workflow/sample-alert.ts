import type { Schema } from '../api/client.ts'

/** An alert that says of itself that it is a sample, so that deliveries can be seen without a pipeline. */
export function sampleAlert(now: Date): Schema<'Alert'> {
  return {
    alertId: `sample-${now.toISOString()}`,
    type: 'content',
    platform: 'email',
    subject: 'Sample: invoice overdue, act now',
    contentTitle: 'Sample item, filed from the app',
    securityDescription:
      'A sample, filed by hand to try the workflow’s webhooks. Nothing was found, nothing is to be done.',
  }
}

/** A command for the shell that files an item in a workflow. `origin`: where the API is. */
export function filingCommand(origin: string, workflowId: string): string {
  const alert = {
    alertId: 'al_4821',
    type: 'content',
    platform: 'email',
    subject: 'Invoice overdue: act now',
    securityDescription: 'A look-alike of the billing department asks for payment.',
  }
  return [
    `curl ${origin}/api/v1/workflows/${workflowId}/items \\`,
    '  -H "authorization: Bearer $API_KEY" \\',
    "  -H 'content-type: application/json' \\",
    `  -d '${JSON.stringify({ alert }, null, 2)}'`,
  ].join('\n')
}
