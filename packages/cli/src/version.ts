import { readFileSync } from 'node:fs'

// What is published has its manifest beside the code.
const file = import.meta.url.endsWith('.ts') ? '../package.json' : './package.json'

/** Of the command, as published. */
export const version: string = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')).version
