// Words alone: the app has them without the schemas, which are much to load.

/** Who a caller can be. */
export const roles = ['operator', 'admin', 'pipeline', 'analyst'] as const

export type Role = (typeof roles)[number]

/** The roles that an API key of a profile can have. */
export const apiKeyRoles = ['pipeline', 'admin', 'analyst'] as const

export type ApiKeyRole = (typeof apiKeyRoles)[number]

/** The roles that a member of a profile can have. */
export const memberRoles = ['admin', 'analyst'] as const

export type MemberRole = (typeof memberRoles)[number]
