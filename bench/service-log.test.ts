import { expect, test } from 'vitest'
import { findErrors, findUrl } from './service-log.ts'

const listening = '{"level":30,"url":"http://127.0.0.1:8080/","msg":"listening"}'
const failure = '{"level":50,"err":{"message":"no connection"},"msg":"background work failed"}'

test('the service listens where the line says that tells it', () => {
  expect(findUrl(`(node:1) Warning: new\n${listening}\n`)).toBe('http://127.0.0.1:8080')
})

test('other lines, and half a line, tell nothing', () => {
  expect(findUrl('')).toBeUndefined()
  expect(findUrl('{"level":30,"url":"http://127.0.0.1:1","msg":"not \\"listening\\""}')).toBeUndefined()
  expect(findUrl(listening.slice(0, -1))).toBeUndefined()
})

test('errors are found among what is none', () => {
  expect(findErrors(`${listening}\n${failure}\n{"level":40,"msg":"slow"}\n`)).toEqual([failure])
})
