import packageJson from '../../package.json' with { type: 'json' }

/** Of this service; receivers see it in the user agent. */
export const version: string = packageJson.version
