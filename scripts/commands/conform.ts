import { exitCodes } from '../../reports/model/verdict.ts'
import { holds, profiles, purposes } from '../../suites/lib/profiles.ts'
import type { Profile } from '../../suites/lib/profiles.ts'
import type { Console } from '../console/console.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

const targets = ['sandbox', 'lke'] as const

export const conform = defineVerb({
  name: 'conform',
  description: 'Run the suites against the provisioned platform and publish the evidence. The exit code is the verdict.',
  args: {
    target: { type: 'enum', options: [...targets], default: 'sandbox', description: 'Which platform.' },
    profile: { type: 'enum', options: [...profiles], default: 'nightly', description: 'How much to run: what is seen within a minute, all that disturbs nobody, or the drills too. A run that leaves cases out is partial.' },
    only: { type: 'string', valueHint: 'ID', description: 'Only this requirement or case; may be repeated. Such a run is partial.' },
    skip: { type: 'string', valueHint: 'ID', description: 'Not this requirement or case; may be repeated. Such a run is partial.' },
    plan: { type: 'boolean', description: 'Print the cases that would run and what they would create, and run none.' },
  },
  run: async ({ console, args, all, signal }) => {
    const selection = { only: all('only'), skip: all('skip'), profile: oneOf(args.profile, profiles) }
    const { planSuites, UnknownSelection } = await import('../../suites/lib/run.ts')
    try {
      if (args.plan === true) return await showPlan(console, selection)
      // A mistyped id is said before anything else is looked at.
      if (selection.only.length + selection.skip.length > 0) await planSuites(selection.only, selection.skip)
      const { conform: run } = await import('../operations/conformance/conform.ts')
      const { announceRun } = await import('../operations/conformance/announce.ts')
      const published = await run({
        ...selection,
        target: oneOf(args.target, targets),
        report: console.report,
        signal,
        onCase: ({ id, verdict }) => console.note(`${verdict.padEnd(13)} ${id}`),
      })
      return await announceRun(published, console, signal)
    } catch (error) {
      if (error instanceof UnknownSelection) throw new UsageFailure(error.message)
      throw error
    }
  },
})

interface Selection { only: readonly string[], skip: readonly string[], profile: Profile }

async function showPlan(console: Console, { only, skip, profile }: Selection): Promise<number> {
  const { planSuites } = await import('../../suites/lib/run.ts')
  const { footprintOfProbes } = await import('../operations/conformance/probe-footprint.ts')
  const selected = await planSuites(only, skip)
  const cases = selected.filter((one) => holds(profile, one.profile))
  const leftOut = selected.filter((one) => !holds(profile, one.profile))
  const creates = footprintOfProbes()
  for (const one of cases) {
    console.line(`${one.id}  [${one.requirements.join(' ')}]  ${one.profile}`)
    console.line(`    ${one.title}`)
  }
  console.line(`Profile ${profile}: ${purposes[profile]}.`)
  for (const { id, profile: least } of leftOut) console.line(`  left out: ${id} (${least})`)
  console.line(`${String(cases.length)} cases. What a run creates carries the label plumbline.dev/run and is removed at its end:`)
  for (const line of creates) console.line(`  ${line}`)
  console.document({ profile, cases, leftOut, creates })
  return exitCodes.conformant
}
