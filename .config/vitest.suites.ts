import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { budgets } from '../suites/lib/budgets.ts'
import { catalogue } from '../suites/requirements/catalogue.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Cases run in the order of their paths, on every machine and in every run. */
class ByPath extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((a, b) => a.moduleId < b.moduleId ? -1 : 1))
  }
}

/**
 * The cases that judge a platform; run by `plumbline conform`, which hands over where that platform is. One worker for all, since they share
 * one fleet of probes; no retry, since a second look would hide what the first one saw.
 */
export default defineConfig({
  root,
  test: {
    root,
    include: ['suites/*/**/*.test.ts'],
    exclude: ['suites/{lib,intent,requirements,bench}/**', '**/node_modules/**'],
    tags: catalogue.map(({ id, title }) => ({ name: id, description: title })),
    strictTags: true,
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: ByPath, concurrent: false },
    retry: 0,
    testTimeout: budgets.caseAtMost.milliseconds,
    hookTimeout: budgets.caseAtMost.milliseconds,
    teardownTimeout: budgets.workerStop.milliseconds,
    watch: false,
    passWithNoTests: false,
  },
})
