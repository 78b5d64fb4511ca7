import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The project's own tests, beside the modules they test. The cases of the suites (suites/<family>/) are not among them: they judge a platform. */
export default defineConfig({
  root,
  test: {
    root,
    include: [
      'suites/{lib,intent,requirements}/**/*.test.ts',
      '{fixtures,reports,scripts,policies,docs,.config,.ci}/**/*.test.ts',
      'terraform/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', 'reports/runs/**', '**/.terraform/**'],
    pool: 'threads',
    testTimeout: 20_000,
    retry: 0,
    watch: false,
  },
})
