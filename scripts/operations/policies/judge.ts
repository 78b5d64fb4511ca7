import type { Evaluate } from './evaluate.ts'
import type { Room, Rule } from './rules.ts'
import { rooms } from './rules.ts'
import type { Waiver } from './waivers.ts'
import { standingOf } from './waivers.ts'

/** What one rule says of one resource. */
export interface Finding {
  rule: Rule
  /** Address of a planned or kept resource, kind and name of a rendered object, or file and place in it. */
  subject: string
  /** Which of the documents of its kind it is about, from 0. */
  document: number
  verdict: 'deny' | 'waived' | 'unknown' | 'allow'
  /** What was expected and what was seen; of what is denied or would be without its waiver. */
  message?: string
  /** The value that is not known until the apply. */
  dependsOn?: string
  waiver?: Waiver
}

export interface Judgement {
  findings: Finding[]
  /** What is wrong with the waivers, a sentence each. */
  problems: string[]
}

export type Documents = Readonly<Partial<Record<Room, readonly unknown[]>>>

export interface Counts { denied: number, waived: number, unknown: number, allowed: number }

export interface JudgeOptions {
  evaluate: Evaluate
  rules: readonly Rule[]
  waivers: readonly Waiver[]
  now: Date
  /** Whether the documents are the whole platform, so that a waiver of a kind of document that was judged must have met something. */
  whole: boolean
}

/** Judges documents by every rule of their kind. One verdict per rule and resource: a denial outweighs what is not known. */
export function judge(documents: Documents, { evaluate, rules, waivers, now, whole }: JudgeOptions): Judgement {
  const judged = rooms.filter((room) => (documents[room] ?? []).length > 0)
  const findings = judged.flatMap((room) => (documents[room] ?? []).flatMap((given, document) => {
    const verdicts = evaluate(room, given)
    return rules.filter((rule) => rule.room === room).flatMap((rule) => findingsOf({ rule, document }, verdicts.get(rule.name)))
  }))
  const inForce = waivers.filter((waiver) => standingOf(waiver, now) === 'in force')
  const weighed = findings.map((finding) => waived(finding, inForce))
  return { findings: weighed, problems: waiverProblems(waivers, weighed, { now, judged: whole ? judged : [], rules }) }
}

function findingsOf(of: Pick<Finding, 'rule' | 'document'>, verdict: ReturnType<ReturnType<Evaluate>['get']>): Finding[] {
  const { subjects = [], deny = [], unknown = [] } = verdict ?? {}
  const denied = new Set(deny.map(({ subject }) => subject))
  const open = new Set(unknown.map(({ subject }) => subject))
  return [
    ...deny.map(({ subject, found }): Finding => ({ ...of, subject, verdict: 'deny', message: of.rule.message.replace('{found}', () => found) })),
    ...unknown.filter(({ subject }) => !denied.has(subject)).map(({ subject, depends_on: dependsOn }): Finding => ({ ...of, subject, verdict: 'unknown', dependsOn })),
    ...subjects.filter((subject) => !denied.has(subject) && !open.has(subject)).map((subject): Finding => ({ ...of, subject, verdict: 'allow' })),
  ]
}

function waived(finding: Finding, waivers: readonly Waiver[]): Finding {
  if (finding.verdict !== 'deny') return finding
  const waiver = waivers.find((one) => meets(one, finding))
  return waiver === undefined ? finding : { ...finding, verdict: 'waived', waiver }
}

function meets({ rule, subject }: Waiver, finding: Finding): boolean {
  return finding.rule.id === rule && finding.subject === subject
}

function waiverProblems(waivers: readonly Waiver[], findings: readonly Finding[], { now, judged, rules }: { now: Date, judged: readonly Room[], rules: readonly Rule[] }): string[] {
  return waivers.flatMap((waiver) => {
    const what = `The waiver ${waiver.ticket} of ${waiver.rule} for ${waiver.subject}`
    const rule = rules.find(({ id }) => id === waiver.rule)
    if (rule === undefined) return [`${what} names a rule that is not there. Take it out, or put the name right.`]
    const standing = standingOf(waiver, now)
    if (standing === 'expired') return [`${what} expired on ${waiver.expires}. Mend what it waived, or have ${waiver.owner} ask for another.`]
    if (standing === 'not yet in force' || !judged.includes(rule.room)) return []
    const met = findings.some((finding) => finding.verdict === 'waived' && meets(waiver, finding))
    return met ? [] : [`${what} meets nothing that is denied. Take it out: it would hide the next mistake there.`]
  })
}

export function countsOf(findings: readonly Finding[]): Counts {
  const count = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length
  return { denied: count('deny'), waived: count('waived'), unknown: count('unknown'), allowed: count('allow') }
}
