import { createWebhookSchema, topics } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import type { Schema } from '../api/client.ts'
import { newHeaderRow, newWebhookValues, toConfiguration, toCreateBody, toValues } from './webhook-values.ts'

const secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

const webhook: Schema<'Webhook'> = {
  webhookId: 'whk_1',
  workflowId: 'wfl_1',
  url: 'https://hooks.example.com/in',
  topics: ['workflow.item.resolved', 'workflow.item.created'],
  description: 'SOAR',
  enabled: true,
  filters: { platform: ['email'] },
  headers: { authorization: null },
  pauseAfter: '36h',
  version: 1,
  createdAt: '2026-11-23T21:00:00.000Z',
  updatedAt: '2026-11-23T21:00:00.000Z',
}

test('what is stored goes through the form unchanged, topics in their own order', () => {
  expect(toConfiguration(toValues(webhook))).toEqual({
    url: webhook.url,
    topics: ['workflow.item.created', 'workflow.item.resolved'],
    description: 'SOAR',
    enabled: true,
    filters: { platform: ['email'] },
    headers: { authorization: null },
    pauseAfter: '36h',
  })
})

test('a new webhook with nothing but a URL is one that the API takes', () => {
  const body = toCreateBody({ ...newWebhookValues(), url: ' https://hooks.example.com/in ' }, secret)
  expect(body).toEqual({ url: 'https://hooks.example.com/in', topics: [...topics], enabled: true, secret })
  expect(createWebhookSchema.safeParse(body).success).toBe(true)
})

test('a new webhook has what was filled in, and no blank rows', () => {
  const headers = [newHeaderRow(), { ...newHeaderRow(), name: ' x-team ', value: 'brand' }]
  const values = {
    ...newWebhookValues(),
    url: webhook.url,
    description: ' SIEM ',
    pauseAfter: '24h',
    enabled: false,
    headers,
  }
  values.filters.newState = ['Resolved']
  expect(toCreateBody(values, secret)).toEqual({
    url: webhook.url,
    topics: [...topics],
    description: 'SIEM',
    enabled: false,
    filters: { newState: ['Resolved'] },
    headers: { 'x-team': 'brand' },
    pauseAfter: '24h',
    secret,
  })
})
