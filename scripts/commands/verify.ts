import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure, sentenceOf } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const verify = defineVerb({
  name: 'verify',
  description: 'Check the evidence of a run (or of all runs with their ledger): digests, signature, chain. Exit code 5 names what was changed.',
  args: {
    path: { type: 'positional', description: 'a run folder, a file in one, or the reports folder, e.g. reports/latest', required: true },
    key: { type: 'string', valueHint: 'FILE', description: 'The public key (PEM) to check against; without it the key of this machine.' },
  },
  run: async ({ console, args }) => {
    const { verifyRun } = await import('../../reports/verification/verify.ts')
    const { paths } = await import('../../fixtures/sandbox/paths.ts')
    const key = args.key === undefined ? {} : { key: args.key }
    const found = await verifyRun(args.path, { ...key, keysFolder: paths.keys }).catch((error: unknown) => {
      throw new UsageFailure(sentenceOf(error))
    })
    for (const finding of found.findings) console.line(`✘ ${finding}`)
    const looked = `${String(found.checked.runs)} runs, ${String(found.checked.files)} files and ${String(found.checked.ledgerLines)} ledger lines`
    console.line(found.ok ? `✔ The evidence in ${args.path} is what was sealed (${looked} checked).` : `The evidence in ${args.path} is NOT what was sealed (${looked} checked).`)
    console.document(found)
    return found.ok ? exitCodes.conformant : exitCodes.integrity
  },
})
