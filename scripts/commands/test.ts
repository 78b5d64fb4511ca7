import { exitCodes } from '../../reports/model/verdict.ts'
import { inWords as secondsInWords } from '../console/progress.ts'
import { defineVerb } from '../console/verb.ts'

export const test = defineVerb({
  name: 'test',
  description: 'Prove the project itself: lint, types, unit tests, Go, Terraform, charts, then the sandbox from nothing, the suites and the breaches that take seconds. Ends a sandbox that runs.',
  args: {
    faults: { type: 'boolean', description: 'Also exhaust the quota at each step of the first provisioning, and kill the pipeline at ten random moments: about a quarter of an hour more.' },
    drills: { type: 'boolean', description: 'Also hold every drill, kill drills at twenty random moments and put them back: about an hour more.' },
  },
  run: async ({ console, args, signal }) => {
    const { stagesWith } = await import('../operations/self-test/stages.ts')
    const { runStages } = await import('../operations/self-test/run.ts')
    const { inWords, sum } = await import('../operations/self-test/stage.ts')
    const results = await runStages(stagesWith({ faults: args.faults === true, drills: args.drills === true }), { report: console.report, signal }, ({ name, failed, notes }) => {
      if (failed > 0) for (const note of notes) console.note(`${name}: ${note}`)
    })
    const total = sum(results)
    const width = Math.max(...results.map(({ name }) => name.length))
    for (const result of results) {
      console.line(`${result.failed > 0 ? '✘' : result.skipped > 0 && result.passed === 0 ? '-' : '✔'} ${result.name.padEnd(width)}  ${secondsInWords(result.seconds).padStart(12)}  ${inWords(result)}`)
      for (const note of result.failed > 0 || result.skipped > 0 ? result.notes : []) console.line(`    ${note}`)
    }
    console.line(inWords(total))
    console.document({ passed: total.passed, failed: total.failed, skipped: total.skipped, stages: results })
    return total.failed > 0 ? exitCodes.violated : exitCodes.conformant
  },
})
