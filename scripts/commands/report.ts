import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const report = defineVerb({
  name: 'report',
  description: 'Show a published run on the console and say where its report.html is.',
  args: {
    path: { type: 'positional', description: 'a run folder, by default the newest', required: false, default: 'reports/latest' },
  },
  run: async ({ console, args }) => {
    const { readRun } = await import('../operations/conformance/published-run.ts')
    const { consoleSummary } = await import('../../reports/renderings/console/summary.ts')
    const run = await readRun(args.path)
    for (const line of consoleSummary(run.results, run.reportPath)) console.line(line)
    console.document({ runId: run.results.runId, verdict: run.results.verdict, counts: run.results.counts, report: run.reportPath })
    return exitCodes.conformant
  },
})
