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
    const { summaryOf } = await import('../operations/conformance/summary.ts')
    const run = await readRun(args.path)
    for (const line of summaryOf(run.results)) console.line(line)
    console.line(`Report: ${run.reportPath}`)
    console.document({ runId: run.results.runId, verdict: run.results.verdict, counts: run.results.counts, report: run.reportPath })
    return exitCodes.conformant
  },
})
