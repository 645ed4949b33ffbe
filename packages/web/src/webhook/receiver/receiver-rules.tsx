import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Schema } from '../../api/client.ts'
import { formatDuration } from '../../parts/format-time.ts'
import { Mono } from '../../parts/mono.tsx'
import { retriesText } from '../retries-text.ts'
import classes from './receiver-rules.module.css'

/** What a receiver must know beside the code: success, retries, repeats, order. */
export function ReceiverRules({ rules }: { rules: Schema<'DeliveryRules'> | undefined }) {
  return (
    <div className={classes.rules}>
      <Rule title="What counts as success">
        Any 2xx whose headers arrive within {rules ? formatDuration(rules.timeoutMs) : '…'}. Everything else
        is a failed attempt: redirects (they are not followed), 4xx and 5xx, time-outs, network and TLS
        errors. Answer first, and do longer work afterwards.
      </Rule>
      <Rule title="Retries">{rules ? <RetryRule {...rules} /> : '…'}</Rule>
      <Rule title="Every event once">
        Delivery is at least once, so an event can come again. Deduplicate on <Mono>webhook-id</Mono> (which
        is <Mono>eventId</Mono> in the body), for each of your endpoints: two webhooks send the same event
        under the same id. A replay has the same id too and another <Mono>x-outtake-delivery-id</Mono>; if its
        event was handled, drop it.
      </Rule>
      <Rule title="In order">
        The deliveries of one item begin in the order of <Mono>workflow.sequence</Mono> (1, 2, 3 …), with gaps
        where topics or filters left a change out. A repeat or a replay can bring an old one after a newer
        one: where you keep an item’s state, store its sequence too, and ignore what is not higher.
      </Rule>
    </div>
  )
}

function RetryRule({ retryDelaysMs }: Schema<'DeliveryRules'>) {
  if (retryDelaysMs.length === 0)
    return 'None: a delivery has one attempt. Then it is failed, and can be replayed.'
  const count = retryDelaysMs.length === 1 ? 'One' : `Up to ${retryDelaysMs.length}`
  return `${count}: ${retriesText(retryDelaysMs)} after the end of the attempt before, each up to a fifth longer. With 429 or 503, a Retry-After can lengthen the wait to at most 1 h. Then the delivery is failed, and can be replayed.`
}

function Rule({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={4} fz="sm" mb={2}>
        {title}
      </Title>
      <Text size="sm">{children}</Text>
    </section>
  )
}
