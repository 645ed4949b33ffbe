import { expect, test } from 'vitest'
import { type Actor, requireAdmin, requireProfile, requireRole, worksIn } from './actor.ts'

const operator: Actor = { actorId: 'key_1', role: 'operator', profileId: null }
const analyst: Actor = { actorId: 'key_2', role: 'analyst', profileId: 'prf_a' }

test('an operator may do everything everywhere', () => {
  expect(() => requireRole(operator)).not.toThrow()
  expect(() => requireRole(operator, 'admin')).not.toThrow()
  expect(() => requireProfile(operator, 'prf_b')).not.toThrow()
})

test('others may do what their role is named for, and nothing else', () => {
  expect(() => requireRole(analyst, 'admin', 'analyst')).not.toThrow()
  expect(() => requireRole(analyst, 'admin')).toThrow(expect.objectContaining({ code: 'forbidden' }))
  expect(() => requireRole(analyst)).toThrow(expect.objectContaining({ code: 'forbidden' }))
})

test("another's profile looks as if it were not there", () => {
  expect(() => requireProfile(analyst, 'prf_a')).not.toThrow()
  expect(() => requireProfile(analyst, 'prf_b')).toThrow(expect.objectContaining({ code: 'not_found' }))
})

test('an admin is one of the own profile; where there is none, operators alone pass', () => {
  const admin: Actor = { ...analyst, role: 'admin' }
  for (const profileId of ['prf_a', 'prf_b', null])
    expect(() => requireAdmin(operator, profileId)).not.toThrow()
  expect(() => requireAdmin(admin, 'prf_a')).not.toThrow()
  expect(() => requireAdmin(admin, 'prf_b')).toThrow(expect.objectContaining({ code: 'not_found' }))
  expect(() => requireAdmin(admin, null)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  expect(() => requireAdmin(analyst, 'prf_b')).toThrow(expect.objectContaining({ code: 'forbidden' }))
})

test('a member who is in no profile works in none', () => {
  expect(worksIn({ ...analyst, profileId: null }, 'prf_a')).toBe(false)
})
