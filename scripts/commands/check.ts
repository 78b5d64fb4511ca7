import { text } from 'node:stream/consumers'
import { exitCodes } from '../../reports/model/verdict.ts'
import { severalArguments } from '../console/arguments.ts'
import { defineVerb } from '../console/verb.ts'

export const check = defineVerb({
  name: 'check',
  description: 'Judge plans, states, rendered manifests and workflows by the policies; needs no cluster and no account. Exit code 1 when something is denied or a waiver has expired, 3 when no policy looks at what was given.',
  args: {
    path: { type: 'positional', required: true, valueHint: severalArguments, description: 'a plan (terraform show -json), a state (terraform state pull), a manifest, a workflow, a release list, a platform file, or a folder of such; - is standard input' },
    sarif: { type: 'string', valueHint: 'FILE', description: 'Also write the verdicts as SARIF 2.1.0, for code scanning.' },
    waivers: { type: 'string', valueHint: 'FILE', description: 'Another list of waivers than policies/waivers.yaml.' },
  },
  run: async ({ console, args, positionals }) => {
    const { readDocuments } = await import('../operations/policies/documents.ts')
    const { judgeDocuments } = await import('../operations/policies/session.ts')
    const { countsOf } = await import('../operations/policies/judge.ts')
    const { judgementInWords } = await import('../operations/policies/words.ts')
    const { takenInWords, takenOf, unjudgedInWords } = await import('../operations/policies/looked-at.ts')
    const given = await readDocuments(positionals, async () => text(process.stdin))
    const judged = await judgeDocuments(given.documents, { report: console.report, whole: false, ...(args.waivers === undefined ? {} : { waiversFile: args.waivers }) })
    const counts = countsOf(judged.findings)
    const taken = takenOf(given.origins, judged.findings)
    const unjudged = unjudgedInWords(taken)
    for (const line of [...takenInWords(taken), ...judgementInWords(judged), ...unjudged]) console.line(line)
    if (args.sarif !== undefined) {
      const { writeSarif } = await import('../operations/policies/sarif-file.ts')
      await writeSarif(args.sarif, { judged, given, problems: [...judged.problems, ...unjudged] })
    }
    console.document({
      policies: judged.digest,
      counts,
      taken,
      problems: judged.problems,
      findings: judged.findings.map(({ rule: { id, requirements, severity, solution, dischargedBy }, ...finding }) => ({ rule: id, requirements, severity, ...finding, ...(finding.verdict === 'allow' ? {} : { solution, dischargedBy }) })),
    })
    if (counts.denied > 0 || judged.problems.length > 0) return exitCodes.violated
    return unjudged.length > 0 ? exitCodes.indeterminate : exitCodes.conformant
  },
})
