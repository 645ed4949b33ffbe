/** The path of a destination at the receiver, by the platform that its webhook lets through, from 0. */
export const destinationPath = (platform: number) => `/hooks/${platform}`
