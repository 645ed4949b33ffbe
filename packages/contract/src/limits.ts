// Numbers alone: the app has them without the schemas, which are much to load.

/** The most characters of the name of a profile, a workflow, a state or a key. */
export const MAX_NAME_CHARACTERS = 100

/** The most states that a workflow may have, and so that a filter may list. */
export const MAX_STATES = 50

/** How far the items of a state and the pending deliveries of a webhook are counted. */
export const MAX_COUNTED = 10_000

/** How many characters a password that is chosen has. */
export const MIN_PASSWORD_CHARACTERS = 12
export const MAX_PASSWORD_CHARACTERS = 128
