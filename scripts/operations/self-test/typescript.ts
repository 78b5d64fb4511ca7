import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { inTemporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { run, runModule, tail } from './child.ts'
import type { Stage, Tally } from './stage.ts'
import { single } from './stage.ts'

export const lint: Stage = {
  name: 'lint',
  run: async ({ signal }) => {
    const ended = await runModule('eslint/bin/eslint.js', ['--config', '.config/eslint.config.js', '.'], { signal })
    return single(ended.code === 0, ...tail(ended, 40))
  },
}

export const types: Stage = {
  name: 'type check',
  run: async ({ signal }) => {
    const ended = await runModule('typescript/bin/tsc', ['-p', '.config/tsconfig.json'], { signal })
    return single(ended.code === 0, ...tail(ended, 40))
  },
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    message: z.string(),
    assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
  })),
})

export const units: Stage = {
  name: 'unit tests',
  run: async ({ signal }) => {
    return await inTemporaryFolder('units', async (folder) => {
      const output = join(folder, 'report.json')
      const args = ['run', '--config', '.config/vitest.unit.ts', '--reporter=json', `--outputFile=${output}`]
      const ended = await runModule('vitest/vitest.mjs', args, { signal })
      const text = await readFile(output, 'utf8').catch(() => undefined)
      if (text === undefined) return single(false, 'vitest left no report', ...tail(ended))
      const tally = unitTally(text)
      return ended.code === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1, notes: ['vitest failed outside of its tests', ...tail(ended)] }
    })
  },
}

/** Counts vitest's JSON report; a file that could not be loaded is a failure although none of its tests ran. */
export function unitTally(text: string): Tally {
  const report = reportSchema.parse(JSON.parse(text))
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'))
  const failures = report.testResults.flatMap(({ name, assertionResults }) => assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${name.replace(`${repository}/`, '')}: ${fullName}: ${failureMessages?.[0]?.split('\n')[0] ?? ''}`))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    notes: [...failures, ...unloaded.map(({ name, message }) => `${name.replace(`${repository}/`, '')}: ${message.split('\n')[0] ?? ''}`)],
  }
}

/** What `npm start` begins with, on whatever Node the machine has. */
export const launcher: Stage = {
  name: 'launcher',
  run: async ({ signal }) => {
    const ended = await run('node', ['scripts/plumbline.mjs', '--version'], { signal })
    return single(ended.code === 0 && /^\d+\.\d+\.\d+$/.test(ended.stdout.trim()), 'expected `node scripts/plumbline.mjs --version` to print a version', ...tail(ended))
  },
}
