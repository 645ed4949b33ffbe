import { expect, test } from 'vitest'
import { prepareHeaders, requestHeaders } from './request-headers.ts'
import { signatureHeader } from './sign.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'an-older-secret-of-ours']
const request = {
  eventId: 'evt_1',
  deliveryId: 'dlv_2',
  attempt: 3,
  timestampSeconds: 1_795_000_000,
  body: Buffer.from('{"event":"workflow-item-created"}'),
}

test('the headers come in the order of the contract, custom ones last and as they are spelled', () => {
  const prepared = prepareHeaders({
    secrets,
    customHeaders: { Authorization: 'Bearer abc', 'x-team': 'brand' },
    version: '1.2.3',
  })
  expect(requestHeaders(prepared, request)).toEqual([
    ...['content-type', 'application/json'],
    ...['x-outtake-secret', secrets[0]],
    ...['webhook-id', 'evt_1'],
    ...['webhook-timestamp', '1795000000'],
    ...['webhook-signature', signatureHeader({ ...request, secrets })],
    ...['x-outtake-delivery-id', 'dlv_2'],
    ...['x-outtake-attempt', '3'],
    ...['user-agent', 'Outtake-Webhooks/1.2.3'],
    ...['Authorization', 'Bearer abc'],
    ...['x-team', 'brand'],
  ])
})

test('during an overlap there are two signatures, and the newer secret alone is shown', () => {
  const headers = requestHeaders(prepareHeaders({ secrets, customHeaders: {}, version: '1' }), request)
  expect(headers[headers.indexOf('webhook-signature') + 1]!.split(' ')).toHaveLength(2)
  expect(headers).not.toContain(secrets[1])
})
