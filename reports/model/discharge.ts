import { z } from 'zod'
import { policyCountsSchema, policyFindingSchema, type PolicyFinding } from './policy.ts'
import type { CaseResult, Evidence } from './results.ts'
import { verdictInWords, type Verdict } from './verdict.ts'

/** What the policies said of the newest run of the pipeline: the `data` of evidence of kind `policy`. */
export const policyEvidenceSchema = z.strictObject({
  /** Of the pipeline's run, and when it ended. */
  run: z.string(),
  finishedAt: z.iso.datetime(),
  /** Digest of the policies that judged. */
  policies: z.string(),
  counts: policyCountsSchema,
  findings: z.array(policyFindingSchema),
})
export type PolicyEvidence = z.infer<typeof policyEvidenceSchema>

/** How an unknown stands once the live cases have looked: its case was satisfied, was violated, or has not decided it. */
export type DischargeState = 'discharged' | 'contradicted' | 'open'

export interface Discharge {
  finding: PolicyFinding
  state: DischargeState
  /** A clause. */
  reason: string
  /** What it makes of the requirements of its rule; a discharged one makes nothing of them. */
  verdict: Extract<Verdict, 'violated' | 'indeterminate' | 'not-run'> | undefined
}

/** The verdict of the policies in one record of evidence: undefined when it is not of kind `policy`, `unreadable` when its data has another shape. */
export function policyOf(evidence: Evidence): PolicyEvidence | 'unreadable' | undefined {
  if (evidence.kind !== 'policy') return undefined
  const parsed = policyEvidenceSchema.safeParse(evidence.data)
  return parsed.success ? parsed.data : 'unreadable'
}

/** What the policies said of the newest run of the pipeline that some case recorded. */
export function newestPolicy(cases: readonly CaseResult[]): PolicyEvidence | undefined {
  const recorded = cases.flatMap((one) => one.evidence).map(policyOf).filter((one) => one !== undefined && one !== 'unreadable')
  return recorded.toSorted((a, b) => a.finishedAt < b.finishedAt ? 1 : -1)[0]
}

/** How each unknown of the newest run of the pipeline stands. */
export function dischargesOf(cases: readonly CaseResult[]): Discharge[] {
  return (newestPolicy(cases)?.findings ?? []).filter(({ verdict }) => verdict === 'unknown').map((finding) => dischargeOf(finding, cases))
}

function dischargeOf(finding: PolicyFinding, cases: readonly CaseResult[]): Discharge {
  const { dischargedBy } = finding
  if (dischargedBy === undefined) return { finding, state: 'open', reason: 'no live case looks at it', verdict: 'not-run' }
  const found = cases.find(({ id }) => id === dischargedBy)
  const said = `the case ${dischargedBy}`
  if (found === undefined || found.verdict === 'not-run') return { finding, state: 'open', reason: `${said} has not been run`, verdict: 'not-run' }
  if (found.verdict === 'satisfied') return { finding, state: 'discharged', reason: `${said} has seen that it is as it should be`, verdict: undefined }
  if (found.verdict === 'violated') return { finding, state: 'contradicted', reason: `${said} has seen that it is not`, verdict: 'violated' }
  return { finding, state: 'open', reason: `${said} could not decide it (${verdictInWords(found.verdict)})`, verdict: 'indeterminate' }
}

/** What a discharge says where a requirement is not satisfied for it. */
export function dischargeInWords({ finding, reason }: Discharge): string {
  return `${finding.rule} could not know ${finding.dependsOn ?? 'a value'} of ${finding.subject} before the apply, and ${reason}`
}
