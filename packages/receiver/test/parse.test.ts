import { expect, test } from 'vitest'
import { PayloadError, parse } from '../src/parse.ts'
import { body, payload } from './sample.ts'

test('a delivery is read from text and from bytes', () => {
  expect(parse(body)).toEqual(payload)
  expect(parse(new TextEncoder().encode(body))).toEqual(payload)
})

test('fields that this version does not know are kept, at every level', () => {
  const later = {
    ...payload,
    region: 'eu',
    workflow: { ...payload.workflow, queue: 7 },
    alert: { ...payload.alert, links: { ...payload.alert.links, evidence: 'https://e.example' } },
  }
  expect(parse(JSON.stringify(later))).toEqual(later)
})

test('what is not a delivery is refused with the place of every mistake', () => {
  const { workflow, ...others } = payload
  const wrong = { ...others, workflow: { ...workflow, itemId: 7, sequence: undefined } }
  expect(() => parse(JSON.stringify(wrong))).toThrow(/workflow\.itemId: .*; workflow\.sequence: /)
  expect(() => parse('[]')).toThrow(/body: /)
})

test('a body that is not JSON in UTF-8 is refused, and not quoted', () => {
  for (const broken of ['', '{"a secret', new Uint8Array([0x22, 0xff, 0x22])]) {
    expect(() => parse(broken)).toThrow(new PayloadError('The body is not JSON in UTF-8'))
  }
})
