import { describe, expect, test } from 'vitest'
import { hasSameHost, httpUrlProblem, isRefusedPort, webhookUrlProblem } from './url.ts'

const ofLength = (length: number) => `https://x.test/${'a'.repeat(length - 15)}`

describe('the URL of a webhook', () => {
  test.each([
    'https://example.com',
    'HTTPS://EXAMPLE.com/Path?query=1&at=a@b',
    'https://example.com:8443/hook',
    'https://example.com:443',
    'https://bücher.example/ü',
    'https://192.0.2.1/',
    'https://[2001:db8::1]:8443/',
    ofLength(2_048),
  ])('may be %s', (url) => {
    expect(webhookUrlProblem(url)).toBeUndefined()
  })

  test.each([
    ['', 'must not be empty'],
    [ofLength(2_049), 'must be at most 2,048 characters'],
    ['http://example.com', 'must begin with https://'],
    ['ftp://example.com', 'must begin with https://'],
    ['example.com', 'must begin with https://'],
    ['https:example.com', 'must begin with https://'],
    ['https:/example.com', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    [' https://example.com', 'must not contain white space'],
    ['https://example.com/a b', 'must not contain white space'],
    ['https://exam\tple.com', 'must not contain white space'],
    ['https://example.com\n', 'must not contain white space'],
    ['https://example.com/\u00a0', 'must not contain white space'],
    ['https://example.com/\0', 'must not contain control characters'],
    ['https://example.com/\x7f', 'must not contain control characters'],
    ['https://example.com\\@evil.test', 'must not contain a backslash'],
    ['https://u@example.com', 'must not contain a user name or password; use a custom header instead'],
    ['https://u:p@example.com', 'must not contain a user name or password; use a custom header instead'],
    ['https://@example.com', 'must not contain a user name or password; use a custom header instead'],
    ['https://example.com/#part', 'must not contain a fragment (#…)'],
    ['https://example.com#', 'must not contain a fragment (#…)'],
    ['https://', 'must be a valid URL'],
    ['https:///example.com', 'must be a valid URL'],
    ['https://example.com:99999', 'must be a valid URL'],
    ['https://[::1', 'must be a valid URL'],
    ['https://exa%00mple.com', 'must be a valid URL'],
    ['https://example.com/\ud800', 'must not contain an unpaired surrogate'],
    ['https://example.com:22', 'must not use port 22, which belongs to another service'],
    ['https://example.com:0', 'must not use port 0, which belongs to another service'],
    ['https://example.com:06667', 'must not use port 6667, which belongs to another service'],
  ])('must not be %j', (url, message) => {
    expect(webhookUrlProblem(url)).toBe(message)
  })
})

test('the ports that browsers refuse are refused, and no other', () => {
  expect([25, 587, 10080].every(isRefusedPort)).toBe(true)
  expect(['', '80', 443, 5432, 8080, 8443, 65535].some(isRefusedPort)).toBe(false)
})

test('a link is an http or https URL of at most 2,048 characters', () => {
  for (const good of [
    'http://example.com',
    'https://u@example.com/#x',
    'https://example.com/a b',
    ofLength(2_048),
  ]) {
    expect(httpUrlProblem(good)).toBeUndefined()
  }
  for (const bad of ['', 'javascript:alert(1)', 'data:,x', '//example.com', 'http://', 'http://a\n.test']) {
    expect(httpUrlProblem(bad)).toBeDefined()
  }
  expect(httpUrlProblem('http://example.com/ ')).toBe('must not end with white space')
  expect(httpUrlProblem(ofLength(2_049))).toBe('must be at most 2,048 characters')
})

describe('two URLs', () => {
  const url = 'https://ops.example.com/a'
  test.each(['https://ops.example.com', 'HTTPS://OPS.example.com:443/b?c', url])(
    'have the same host: %s',
    (other) => {
      expect(hasSameHost(url, other)).toBe(true)
    },
  )

  test.each(['https://other.example.com/a', 'https://ops.example.com:8443/a', 'https://ops.example.com./a'])(
    'have not: %s',
    (other) => {
      expect(hasSameHost(url, other)).toBe(false)
    },
  )
})
