import type { Role } from '../profile/actor.ts'
import { WEB_APP_PATH } from './web-app.ts'

/** Anybody, without a key. */
export const EVERYBODY = 'everybody'

export type Access = readonly Role[] | typeof EVERYBODY

const OPERATOR: Access = []
const ADMIN: Access = ['admin']
const READERS: Access = ['admin', 'analyst']
const ANY_ROLE: Access = ['admin', 'analyst', 'pipeline']
const ITEM_WRITERS: Access = ['admin', 'pipeline']

/**
 * Who may call what: the roles beside `operator`, who may do all. Whose profile it is, is another question, which
 * each call answers. A call of the API that is not in this table cannot be added.
 */
export const accessTable: Readonly<Record<string, Access>> = {
  'POST /api/v1/session': EVERYBODY,
  'DELETE /api/v1/session': ANY_ROLE,
  'DELETE /api/v1/sessions': ANY_ROLE,
  'POST /api/v1/password': ANY_ROLE,
  'GET /api/v1/me': ANY_ROLE,
  'POST /api/v1/invitations/look-up': EVERYBODY,
  'POST /api/v1/invitations/accept': EVERYBODY,

  'GET /api/v1/operators': OPERATOR,
  'DELETE /api/v1/operators/:memberId': OPERATOR,
  'POST /api/v1/operator-invitations': OPERATOR,
  'GET /api/v1/operator-invitations': OPERATOR,
  'DELETE /api/v1/operator-invitations/:invitationId': OPERATOR,
  'GET /api/v1/audit-entries': OPERATOR,

  'POST /api/v1/profiles': OPERATOR,
  'GET /api/v1/profiles': OPERATOR,
  'GET /api/v1/profiles/:profileId': READERS,
  'PATCH /api/v1/profiles/:profileId': OPERATOR,
  'GET /api/v1/profiles/:profileId/members': READERS,
  'PATCH /api/v1/profiles/:profileId/members/:memberId': ADMIN,
  'DELETE /api/v1/profiles/:profileId/members/:memberId': ADMIN,
  'POST /api/v1/profiles/:profileId/invitations': ADMIN,
  'GET /api/v1/profiles/:profileId/invitations': ADMIN,
  'DELETE /api/v1/profiles/:profileId/invitations/:invitationId': ADMIN,
  'GET /api/v1/profiles/:profileId/audit-entries': ADMIN,
  'GET /api/v1/profiles/:profileId/notices': READERS,
  'GET /api/v1/profiles/:profileId/notice-settings': ADMIN,
  'PUT /api/v1/profiles/:profileId/notice-settings': ADMIN,
  'DELETE /api/v1/profiles/:profileId/notice-settings': ADMIN,
  'POST /api/v1/profiles/:profileId/notice-settings/test': ADMIN,
  'POST /api/v1/profiles/:profileId/api-keys': ADMIN,
  'GET /api/v1/profiles/:profileId/api-keys': READERS,
  'DELETE /api/v1/profiles/:profileId/api-keys/:apiKeyId': ADMIN,

  'POST /api/v1/profiles/:profileId/workflows': ADMIN,
  'GET /api/v1/profiles/:profileId/workflows': READERS,
  'GET /api/v1/workflows/:workflowId': READERS,
  'PATCH /api/v1/workflows/:workflowId': ADMIN,

  'POST /api/v1/workflows/:workflowId/items': ITEM_WRITERS,
  'GET /api/v1/workflows/:workflowId/items': ANY_ROLE,
  'GET /api/v1/workflows/:workflowId/items/:itemId': ANY_ROLE,
  'GET /api/v1/workflows/:workflowId/items/:itemId/events': READERS,
  'GET /api/v1/workflows/:workflowId/item-counts': READERS,
  'GET /api/v1/workflows/:workflowId/events': READERS,
  'GET /api/v1/workflows/:workflowId/events/:eventId': READERS,
  'GET /api/v1/workflows/:workflowId/platforms': READERS,
  'POST /api/v1/workflows/:workflowId/items/:itemId/state': ITEM_WRITERS,
  'POST /api/v1/workflows/:workflowId/transitions': ITEM_WRITERS,

  'POST /api/v1/workflows/:workflowId/webhooks': ADMIN,
  'GET /api/v1/workflows/:workflowId/webhooks': READERS,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId': READERS,
  'PATCH /api/v1/workflows/:workflowId/webhooks/:webhookId': ADMIN,
  'DELETE /api/v1/workflows/:workflowId/webhooks/:webhookId': ADMIN,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/secret': ADMIN,
  'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/secret': ADMIN,
  'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/test': ADMIN,

  'POST /api/v1/workflows/:workflowId/webhooks/preview': READERS,
  'POST /api/v1/workflows/:workflowId/webhooks/url-check': ADMIN,
  'GET /api/v1/workflows/:workflowId/webhook-health': READERS,
  'GET /api/v1/workflows/:workflowId/notices': READERS,

  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/deliveries': READERS,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/deliveries/export': READERS,
  'GET /api/v1/workflows/:workflowId/deliveries': READERS,
  'GET /api/v1/workflows/:workflowId/deliveries/export': READERS,
  'GET /api/v1/deliveries/:deliveryId': READERS,
  'POST /api/v1/deliveries/:deliveryId/retry': ADMIN,
  'POST /api/v1/deliveries/:deliveryId/replay': ADMIN,
  'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/replays': ADMIN,
  'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/replays/preview': READERS,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/replays': READERS,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/replays/:replayId': READERS,
  'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/replays/:replayId/cancel': ADMIN,
  'GET /api/v1/workflows/:workflowId/webhooks/:webhookId/gaps': READERS,
  'GET /api/v1/delivery-rules': ANY_ROLE,

  'GET /api/v1/changes': ANY_ROLE,

  'GET /healthz': EVERYBODY,
  'GET /readyz': EVERYBODY,
  'GET /metrics': EVERYBODY,
  'GET /openapi.json': EVERYBODY,
}

/** Who may call a route. `HEAD` is as `GET`. @throws Error if the table does not say. */
export function accessOf(method: string, path: string): Access {
  if (path === WEB_APP_PATH || path === '/docs' || path.startsWith('/docs/')) return EVERYBODY
  const access = accessTable[`${method === 'HEAD' ? 'GET' : method} ${path}`]
  if (access === undefined) throw new Error(`the access table does not say who may call ${method} ${path}`)
  return access
}
