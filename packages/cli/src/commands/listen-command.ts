import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { type ListenOptions, listen } from '../listen/listen.ts'
import { createOutput } from '../terminal/output.ts'
import { jsonOption, numberParser } from './options.ts'

type Options = Omit<ListenOptions, 'secrets'> & { secret?: string[]; json?: boolean }

/** `listen`: a receiver for local development. */
export function addListenCommand(program: Command, context: Context): void {
  program
    .command('listen')
    .summary('receive deliveries on this machine, verify, print and forward them')
    .description(
      'A receiver for local development, on 127.0.0.1: verifies secret and signature, prints each delivery, and marks an ' +
        'event that came before: a repeat is of the same delivery, a replay of another. Answers 204 to what is genuine, 401 ' +
        'or 400 otherwise; with --forward it passes everything on and answers as the local receiver does.',
    )
    .option('--port <number>', 'the port; 0 for a free one', numberParser(0, 65_535), 4400)
    .addOption(
      new Option(
        '--forward <url>',
        'pass requests on, body and headers unchanged, to this http(s) URL',
      ).argParser(parseTarget),
    )
    .option(
      '--secret <secret>',
      "the webhook's secret; twice while it is rotated. Better WEBHOOK_SECRET: arguments can be seen",
      (secret: string, before: string[] = []) => [...before, secret],
    )
    .addOption(
      new Option('--tls', 'HTTPS with a certificate that it makes for this machine').conflicts([
        'tlsCert',
        'tlsKey',
      ]),
    )
    .option('--tls-cert <file>', 'HTTPS with this certificate, PEM')
    .option('--tls-key <file>', 'and its private key, PEM')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The service sends by HTTPS only, and only to addresses that are public or that it was allowed. To let it reach this:
  - A service on this machine: start it with EGRESS_ALLOW=127.0.0.0/8 and EGRESS_CA_FILE=<certificate>, which
    --tls prints, and configure the webhook with https://127.0.0.1:4400/. For development only: EGRESS_ALLOW
    lets every webhook reach this machine.
  - A service elsewhere: a tunnel that ends TLS and leads to http://127.0.0.1:4400 (cloudflared, ngrok, tailscale
    funnel). Configure the webhook with the tunnel's URL.

Examples:
  $ WEBHOOK_SECRET=whsec_… workflow-webhooks listen --tls
  $ WEBHOOK_SECRET=whsec_… workflow-webhooks listen --forward http://localhost:3000/hooks
  $ workflow-webhooks listen --json | jq .payload.alert.subject`,
    )
    .action(async ({ json = false, secret, ...options }: Options) => {
      const { WEBHOOK_SECRET: inEnvironment = '' } = context.env
      const secrets = secret ?? (inEnvironment === '' ? [] : [inEnvironment])
      await listen(context, createOutput(context, json), { ...options, secrets })
    })
}

function parseTarget(text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  throw new InvalidArgumentError('Give an http or https URL, such as http://localhost:3000/hooks.')
}
