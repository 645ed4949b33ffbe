/** What each role may do, in words that stand beside the choice. */
export const roleMeanings = {
  operator: 'Provisions profiles, grants webhook access, can do everything.',
  admin: 'Configures webhooks, makes API keys, invites others.',
  analyst: 'Reads items, webhooks and deliveries; changes nothing.',
  pipeline: 'Files, moves and reads items; for the system that finds alerts.',
} as const

/** The roles that a member of a profile can have. */
export const memberRoles = ['admin', 'analyst'] as const

/** The roles that an API key of a profile can have. */
export const apiKeyRoles = ['pipeline', 'admin', 'analyst'] as const
