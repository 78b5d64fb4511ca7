import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const benchPolicies = defineVerb({
  name: 'bench policies',
  description: 'Time the policies on plans of 500 to 20,000 resources, as whole processes: ours, conftest with the same rules, checkov with its own. What is missing is built or installed into the cache the first time, a few minutes.',
  args: {
    'rounds': { type: 'string', valueHint: 'N', default: '5', description: 'How often each is measured.' },
    'sizes': { type: 'string', valueHint: 'N,N…', description: 'Resources of the plans; 500, 1000, 2000, 5000 and 20000 unless said. Checkov is given those of 500 and 5000 only.' },
    'without-checkov': { type: 'boolean', description: 'Leave checkov out: it takes most of the time.' },
  },
  run: async ({ console, args, signal }) => {
    const [rounds = 0] = wholeNumbers('--rounds', args.rounds, 50)
    const sizes = args.sizes === undefined ? undefined : wholeNumbers('--sizes', args.sizes, 50_000)
    const { benchPolicies: bench, policiesTable, usualSizes } = await import('../operations/bench/policies/policies.ts')
    const { measured, missing, file } = await bench({ rounds, sizes: sizes ?? usualSizes, withCheckov: !(args['without-checkov'] ?? false), report: console.report, signal })
    for (const line of [...policiesTable(measured), ...missing]) console.line(line)
    console.line(`The numbers are kept in ${file}.`)
    console.document({ measured, missing, file })
    return exitCodes.conformant
  },
})

/** Whole numbers from 1 on, with commas between them. */
function wholeNumbers(option: string, text: string, most: number): number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= most)) return numbers
  throw new UsageFailure(`${option} was ${JSON.stringify(text)}: expected whole numbers from 1 to ${String(most)}, with commas between them.`)
}
