import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const benchMatrix = defineVerb({
  name: 'bench matrix',
  description: 'Time the traffic matrix on the sandbox: the same cells by the probes of cyclonus and by ours, with a table of both. Its own program is built the first time, a minute and a half.',
  args: {
    rounds: { type: 'string', valueHint: 'N', default: '3', description: 'How often each is measured; the fastest counts.' },
  },
  run: async ({ console, args, signal }) => {
    const rounds = Number(args.rounds)
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) throw new UsageFailure(`--rounds was ${JSON.stringify(args.rounds)}: expected a whole number from 1 to 20.`)
    const { benchMatrix: bench, matrixTable } = await import('../operations/bench/matrix.ts')
    const { measured, file } = await bench({ rounds, report: console.report, signal })
    for (const line of matrixTable(measured)) console.line(line)
    console.line(`The numbers are kept in ${file}.`)
    console.document({ measured, file })
    return exitCodes.conformant
  },
})
