/** What each role may do, in words that stand beside the choice. */
export const roleMeanings = {
  operator: 'Provisions profiles, grants webhook access, may do all.',
  admin: 'Configures webhooks, makes API keys, invites others.',
  analyst: 'Reads everything, changes nothing.',
  pipeline: 'Files, moves and reads items; for the system that finds alerts.',
} as const

/** The roles that a member of a profile can have. */
export const memberRoles = ['admin', 'analyst'] as const

/** The roles that an API key of a profile can have. */
export const apiKeyRoles = ['pipeline', 'admin', 'analyst'] as const
