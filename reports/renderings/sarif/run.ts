import { z } from 'zod'
import { dischargesOf, newestPolicy, type DischargeState } from '../../model/discharge.ts'
import { policyCountsSchema } from '../../model/policy.ts'
import type { Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import type { Rendering } from '../rendering.ts'
import { sarifOf, type Kind } from './sarif.ts'

/** What the policies said, for a run that looked at it. */
export const policySarif: Rendering = {
  name: 'policies.sarif',
  render: (results) => {
    const log = runSarif(results)
    return log === undefined ? undefined : canonicalJson(log)
  },
  disagreements: (content, results) => {
    const [stated, expected] = [statedIn(content), statedIn(JSON.stringify(runSarif(results) ?? ''))]
    return stated !== undefined && stated === expected ? [] : ['policies.sarif says something else than results.json about the policies.']
  },
}

/** The parts that we read back: how much of each there was, and what became of each finding. A file may hold more. */
const statedSchema = z.object({
  runs: z.tuple([z.object({
    properties: z.object({ ...policyCountsSchema.shape, policies: z.string() }),
    results: z.array(z.object({
      ruleId: z.string(),
      kind: z.string(),
      locations: z.array(z.object({ logicalLocations: z.array(z.object({ fullyQualifiedName: z.string() })) })),
      suppressions: z.array(z.object({ status: z.string() })).optional(),
    })),
  })]),
})

function statedIn(content: string): string | undefined {
  try {
    return canonicalJson(statedSchema.parse(JSON.parse(content)))
  } catch {
    return undefined
  }
}

const kinds: Readonly<Record<DischargeState, Kind>> = { discharged: 'pass', contradicted: 'fail', open: 'open' }

/** What the policies said of the newest run of the pipeline, with what live cases have seen since, as SARIF; undefined when no case recorded it. */
export function runSarif({ cases, verifier }: Pick<Results, 'cases' | 'verifier'>) {
  const policy = newestPolicy(cases)
  if (policy === undefined) return undefined
  const discharges = dischargesOf(cases)
  const findings = policy.findings.map((finding) => {
    const found = discharges.find((one) => one.finding.rule === finding.rule && one.finding.subject === finding.subject)
    return found === undefined ? finding : { ...finding, discharge: { kind: kinds[found.state], reason: found.reason } }
  })
  return sarifOf({ findings, counts: policy.counts, version: typeof verifier['plumbline'] === 'string' ? verifier['plumbline'] : 'unknown', policies: policy.policies, problems: [] })
}
