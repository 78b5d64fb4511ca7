import { exitCodes } from '../../reports/model/verdict.ts'
import { severalArguments } from '../console/arguments.ts'
import { defineVerb } from '../console/verb.ts'

export const breachRun = defineVerb({
  name: 'breach run',
  description: 'Break the platform on purpose, see that the cases of the broken requirements notice exactly that, and put it back. Exit code 1 when one was not caught, 5 when one was not put back.',
  args: {
    id: { type: 'positional', required: false, valueHint: severalArguments, description: 'ids of breaches; all of them when none is given' },
    quick: { type: 'boolean', description: 'leave out the cases that wait for alerts or make load, but for the one that has to notice the breach' },
  },
  run: async ({ console, args, positionals, signal }) => {
    const { chosen, loadBreaches } = await import('../operations/breaches/catalogue.ts')
    const all = await loadBreaches()
    const breaches = chosen(all, positionals)
    const { runBreaches } = await import('../operations/breaches/run.ts')
    const results = await runBreaches(breaches, all, { report: console.report, signal, ...(args.quick === true ? { least: 'smoke' } : {}) })
    for (const { id, caught, by, restored, seconds, reason } of results) {
      console.line(`${caught && restored ? '✔' : '✘'} ${id}: ${caught ? `caught by ${by ?? ''}` : 'NOT caught'}, ${restored ? 'restored' : 'NOT restored'} (${String(seconds)} s)`)
      console.line(`    ${reason}`)
    }
    const caught = results.filter((one) => one.caught).length
    const restored = results.filter((one) => one.restored).length
    console.line(`${String(caught)} of ${String(breaches.length)} breaches caught, ${String(restored)} of ${String(results.length)} restored.`)
    console.document(results)
    if (restored < results.length) return exitCodes.integrity
    return caught === breaches.length ? exitCodes.conformant : exitCodes.violated
  },
})
