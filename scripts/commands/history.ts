import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const history = defineVerb({
  name: 'history',
  description: 'List the runs that the ledger has, oldest first. Exit code 5 when its chain is broken, or when a run is missing or no longer what was sealed.',
  args: {
    path: { type: 'positional', description: 'a reports folder, by default this checkout\'s', required: false, default: 'reports' },
  },
  run: async ({ console, args }) => {
    const { historyOf } = await import('../operations/evidence/history.ts')
    const { reportsFolder } = await import('../operations/conformance/published-run.ts')
    const { countsInWords } = await import('../../reports/model/counts.ts')
    const { runs, faults } = await historyOf(args.path === 'reports' ? reportsFolder : args.path)
    for (const { runId, at, target, profile, verdict, counts } of runs) {
      console.line(`${at.slice(0, 16).replace('T', ' ')}  ${runId}  ${target.padEnd(7)}  ${(profile ?? '?').padEnd(7)}  ${verdict.padEnd(13)}  ${countsInWords(counts.requirements)}`)
    }
    if (runs.length === 0) console.line('The ledger has no run; `npx plumbline conform` publishes one.')
    for (const fault of faults) console.line(`✘ ${fault}`)
    console.document({ runs, faults })
    return faults.length === 0 ? exitCodes.conformant : exitCodes.integrity
  },
})
