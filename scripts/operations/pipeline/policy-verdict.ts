import { z } from 'zod'
import { policyFindingSchema } from '../../../reports/model/policy.ts'
import type { PolicyFinding } from '../../../reports/model/policy.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import { countsOf } from '../policies/judge.ts'
import type { Finding } from '../policies/judge.ts'
import type { Judged } from '../policies/session.ts'
import { denialInWords, dischargeInWords } from '../policies/words.ts'

const matter = { rule: z.string(), subject: z.string() }

/** A finding without its message, which holds a value; parsing takes it off. */
const toldSchema = z.object(policyFindingSchema.omit({ message: true }).shape)

/** What the policies said of one run, for its event. Without any value of the documents: names of rules and resources are not secret. */
export const policyRecordSchema = z.strictObject({
  /** Of the policies that judged. */
  policies: z.string(),
  /** The plan that was judged: what is applied is what was judged when it is the plan of the event. */
  planDigest: z.string(),
  denied: z.int().nonnegative(),
  waived: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  allowed: z.int().nonnegative(),
  denials: z.array(z.strictObject(matter)),
  /** What depends on a value that is not known before the apply, and the live case that looks at it afterwards. */
  open: z.array(z.strictObject({ ...matter, dischargedBy: z.string().nullable() })),
  /** Everything that was not allowed, with what its rule says about itself; without messages, which hold values. Absent before 1.2.0 of the event. */
  findings: z.array(toldSchema).optional(),
})
export type PolicyRecord = z.infer<typeof policyRecordSchema>

/** What is not done when the policies deny it. */
export type Prevented = 'plan' | 'releases'

const nothing: Readonly<Record<Prevented, string>> = {
  plan: 'Nothing was applied',
  releases: 'No release was installed or changed',
}

/** The record of a judgement; `told` is what was not allowed. */
export function recordOf({ findings, digest }: Pick<Judged, 'findings' | 'digest'>, planDigest: string, told: readonly PolicyFinding[]): PolicyRecord {
  const of = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict)
  return {
    policies: digest,
    planDigest,
    ...countsOf(findings),
    denials: of('deny').map(({ rule: { id: rule }, subject }) => ({ rule, subject })),
    findings: told.map((finding) => toldSchema.parse(finding)),
    open: of('unknown').map(({ rule: { id: rule, dischargedBy = null }, subject }) => ({ rule, subject, dischargedBy })),
  }
}

/** One line with the numbers. */
export function summaryOf(findings: readonly Finding[]): string {
  const { denied, waived, unknown, allowed } = countsOf(findings)
  return `${String(denied)} denied, ${String(waived)} waived, ${String(unknown)} unknown, ${String(allowed)} allowed`
}

/** For people: what stays open until a live case has looked. */
export function describePolicy(policy: PolicyRecord | undefined): string[] {
  return (policy?.open ?? []).map(({ rule, subject, dischargedBy }) => `? ${rule}: ${subject} is not known before the apply; ${dischargeInWords(dischargedBy)}`)
}

/** Throws a CommandFailure with exit code 1 when anything is denied or a waiver is no longer good. Its first line names the rules. */
export function refuseDenied({ findings, problems }: Pick<Judged, 'findings' | 'problems'>, prevented: Prevented): void {
  const denied = findings.filter(({ verdict }) => verdict === 'deny')
  if (denied.length + problems.length === 0) return
  const rules = [...new Set(denied.map(({ rule }) => rule.id))].toSorted()
  const why = rules.length > 0 ? `the policies deny it (${rules.join(', ')})` : 'the list of waivers is not good'
  throw new CommandFailure([
    `${nothing[prevented]}: ${why}. Mend it as said below, or have it waived (docs/platform/policies.md).`,
    ...denied.map(denialInWords),
    ...problems,
  ].join('\n'), exitCodes.violated)
}
