import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const report = defineVerb({
  name: 'report',
  description: 'Show a published run on the console and say where its report.html is; or write it for Allure.',
  args: {
    path: { type: 'positional', description: 'a run folder or the id of a run, by default the newest', required: false, default: 'reports/latest' },
    allure: { type: 'string', valueHint: 'FOLDER', description: 'Write the run into an empty folder, for `allure generate FOLDER`.' },
  },
  run: async ({ console, args }) => {
    const { readRun } = await import('../operations/conformance/published-run.ts')
    const { consoleSummary } = await import('../../reports/renderings/console/summary.ts')
    const run = await readRun(args.path)
    if (args.allure !== undefined) {
      const { FolderInUse, writeAllure } = await import('../../reports/renderings/allure/write.ts')
      const tests = await writeAllure(run.results, run.folder, args.allure).catch((error: unknown) => {
        throw error instanceof FolderInUse ? new UsageFailure(error.message) : error
      })
      console.line(`${String(tests)} tests of run ${run.results.runId} are in ${args.allure}: npx allure@3 generate ${args.allure}`)
      console.document({ runId: run.results.runId, tests, folder: args.allure })
      return exitCodes.conformant
    }
    for (const line of consoleSummary(run.results, run.reportPath)) console.line(line)
    console.document({ runId: run.results.runId, verdict: run.results.verdict, counts: run.results.counts, report: run.reportPath })
    return exitCodes.conformant
  },
})
