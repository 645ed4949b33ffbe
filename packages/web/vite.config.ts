import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const SERVICE = 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), writeCompressedCopies()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // The policy of the page allows files of this origin only: nothing is put into the document or into styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A test holds the limit of what is loaded first, compressed.
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/api': SERVICE, '/openapi.json': SERVICE } },
})

/** Compresses once what the service sends many times: `file.js.br` and `file.js.gz` beside `file.js`. */
function writeCompressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(?:js|css|html|svg)$/.test(name))
      await Promise.all(
        names.map(async (name) => {
          const file = join(dir!, name)
          const content = await readFile(file)
          await writeFile(`${file}.br`, await promisify(brotliCompress)(content))
          await writeFile(`${file}.gz`, await promisify(gzip)(content))
        }),
      )
    },
  }
}
