import { pathOf, type ReceiverFacts, SECRET_VARIABLE } from './receiver-facts.ts'
import { keyLines, quoted, signatureLines } from './signing-shell.ts'

const EVENT_ID = 'SAMPLE_EVENT_ID'

/** A script that sends a signed sample to a receiver of one's own, as the service would. */
export function curlCode(facts: ReceiverFacts): string {
  return `#!/usr/bin/env bash
# Sends a signed sample to your receiver, as Outtake would. Save as try-receiver.sh:
#   ${SECRET_VARIABLE}='…' bash try-receiver.sh
#   ${SECRET_VARIABLE}='…' bash try-receiver.sh URL
set -euo pipefail

: "\${${SECRET_VARIABLE}:?Set ${SECRET_VARIABLE}}"
url=\${1:-${quoted(`http://127.0.0.1:3000${pathOf(facts)}`)}}

# The key is what the base64 after whsec_ stands for; of any other secret, its bytes.
${keyLines}

# A new event each time, marked as a test: your receiver must not take it for a repeat, nor for a real one.
id=test_evt_$(openssl rand -hex 12)
timestamp=$(date +%s)
body=${quoted(testBody(facts.sampleBody))}
body=\${body/${EVENT_ID}/$id}
${signatureLines}

printf %s "$body" | curl -i -X POST "$url" \\
  -H 'content-type: application/json' \\
  -H "x-outtake-secret: $${SECRET_VARIABLE}" \\
  -H "webhook-id: $id" \\
  -H "webhook-timestamp: $timestamp" \\
  -H "webhook-signature: v1,$signature" \\
  -H "x-outtake-delivery-id: test_dlv_$(openssl rand -hex 12)" \\
  -H 'x-outtake-attempt: 1' \\
  --data-binary @-
`
}

/** The sample as a test event, with its id left open. */
function testBody(sampleBody: string): string {
  const { event, ...rest } = JSON.parse(sampleBody)
  return JSON.stringify({ event, ...rest, eventId: EVENT_ID, test: true })
}
