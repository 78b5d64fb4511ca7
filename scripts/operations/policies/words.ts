import type { Finding, Judgement } from './judge.ts'
import { countsOf } from './judge.ts'

/** What was denied, with what was found and what to do. */
export function denialInWords({ rule, subject, message = '' }: Finding): string {
  return `${rule.id} (${rule.severity}, ${rule.requirements.join(' ')}): ${subject}: ${message}. ${rule.solution}`
}

function inWords(finding: Finding): string[] {
  const { rule, subject, verdict, dependsOn = '', waiver } = finding
  if (verdict === 'deny') return [`✘ ${denialInWords(finding)}`]
  if (verdict === 'unknown') return [`? ${rule.id}: ${subject}: ${dependsOn} is not known before the apply; ${dischargeInWords(rule.dischargedBy)}`]
  return waiver === undefined ? [] : [`~ waived until ${waiver.expires} by ${waiver.approver} (${waiver.ticket}): ${denialInWords(finding)}`]
}

/** Who looks at it once it is known. */
export function dischargeInWords(dischargedBy: string | null | undefined): string {
  return dischargedBy === undefined || dischargedBy === null ? 'no live case looks at it, so it stays open' : `the case ${dischargedBy} looks at it afterwards`
}

const order: readonly Finding['verdict'][] = ['deny', 'waived', 'unknown']

/** For people: problems with waivers, then what is denied, waived and unknown, then the numbers. */
export function judgementInWords({ findings, problems }: Judgement): string[] {
  const { denied, waived, unknown, allowed } = countsOf(findings)
  const rules = new Set(findings.map(({ rule }) => rule.id)).size
  return [
    ...problems.map((problem) => `✘ ${problem}`),
    ...order.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict).flatMap(inWords)),
    `${String(rules)} policies, ${String(findings.length)} verdicts: ${String(denied)} denied, ${String(waived)} waived, ${String(unknown)} unknown, ${String(allowed)} allowed.`,
  ]
}
