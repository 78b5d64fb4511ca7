import { text } from 'node:stream/consumers'
import { exitCodes } from '../../reports/model/verdict.ts'
import { severalArguments } from '../console/arguments.ts'
import { defineVerb } from '../console/verb.ts'

export const check = defineVerb({
  name: 'check',
  description: 'Judge plans and rendered manifests by the policies; needs no cluster and no account. Exit code 1 when something is denied or a waiver has expired.',
  args: {
    path: { type: 'positional', required: true, valueHint: severalArguments, description: 'a plan (terraform show -json), a manifest, or a folder of manifests; - is standard input' },
    waivers: { type: 'string', valueHint: 'FILE', description: 'Another list of waivers than policies/waivers.yaml.' },
  },
  run: async ({ console, args, positionals }) => {
    const { readDocuments } = await import('../operations/policies/documents.ts')
    const { judgeDocuments } = await import('../operations/policies/session.ts')
    const { countsOf } = await import('../operations/policies/judge.ts')
    const { judgementInWords } = await import('../operations/policies/words.ts')
    const documents = await readDocuments(positionals, async () => text(process.stdin))
    const judged = await judgeDocuments(documents, { report: console.report, whole: false, ...(args.waivers === undefined ? {} : { waiversFile: args.waivers }) })
    const counts = countsOf(judged.findings)
    for (const line of judgementInWords(judged)) console.line(line)
    console.document({
      policies: judged.digest,
      counts,
      problems: judged.problems,
      findings: judged.findings.map(({ rule: { id, requirements, severity, solution, dischargedBy }, ...finding }) => ({ rule: id, requirements, severity, ...finding, ...(finding.verdict === 'allow' ? {} : { solution, dischargedBy }) })),
    })
    return counts.denied > 0 || judged.problems.length > 0 ? exitCodes.violated : exitCodes.conformant
  },
})
