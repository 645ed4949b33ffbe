// Zod would try whether it may make code from text; the page's policy forbids that, and browsers report each try.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
