import type { ApiKeyRole, MemberRole } from '@workflow-webhooks/contract'

/** What each role may do, in words that stand beside the choice. */
export const roleMeanings: Readonly<Record<ApiKeyRole | MemberRole, string>> = {
  admin: 'Configures webhooks, makes API keys, invites others.',
  analyst: 'Reads items, webhooks and deliveries; changes nothing.',
  pipeline: 'Files, moves and reads items; for the system that finds alerts.',
}
