import { defineVerb } from '../console/verb.ts'

export const diff = defineVerb({
  name: 'diff',
  description: 'Compare two runs of one target, requirement by requirement and case by case. Exit code 1 when a requirement fails that did not before, 4 when one is no longer observed, 5 when either run is not what was sealed.',
  args: {
    before: { type: 'positional', description: 'a run folder, or the id of a run of this checkout', required: true },
    now: { type: 'positional', description: 'the run to compare with it, by default the newest', required: false, default: 'reports/latest' },
    key: { type: 'string', valueHint: 'FILE', description: 'The public key (PEM) to check both against; without it the key of this machine.' },
  },
  run: async ({ console, args }) => {
    const { differenceInWords, differenceOf, exitCodeOfDifference } = await import('../operations/evidence/diff.ts')
    const { paths } = await import('../../fixtures/sandbox/paths.ts')
    const difference = await differenceOf(args.before, args.now, { ...args.key === undefined ? {} : { key: args.key }, keysFolder: paths.keys })
    for (const line of differenceInWords(difference)) console.line(line)
    console.document(difference)
    return exitCodeOfDifference(difference)
  },
})
