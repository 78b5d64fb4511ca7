import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const benchPolicies = defineVerb({
  name: 'bench policies',
  description: 'Time the policies on plans of 500 to 20,000 resources, as whole processes: ours, conftest with the same rules, checkov with its own. What is missing is built or installed into the cache the first time, a few minutes.',
  args: {
    'rounds': { type: 'string', valueHint: 'N', default: '5', description: 'How often each is measured.' },
    'without-checkov': { type: 'boolean', description: 'Leave checkov out: it takes most of the time.' },
  },
  run: async ({ console, args, signal }) => {
    const rounds = Number(args.rounds)
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > 50) throw new UsageFailure(`--rounds was ${JSON.stringify(args.rounds)}: expected a whole number from 1 to 50.`)
    const { benchPolicies: bench, policiesTable } = await import('../operations/bench/policies/policies.ts')
    const { measured, missing, file } = await bench({ rounds, withCheckov: !(args['without-checkov'] ?? false), report: console.report, signal })
    for (const line of [...policiesTable(measured), ...missing]) console.line(line)
    console.line(`The numbers are kept in ${file}.`)
    console.document({ measured, missing, file })
    return exitCodes.conformant
  },
})
