import type { AttemptVerdict } from '../../../reports/model/access.ts'
import { sayAsk, type Row } from '../../intent/escalation.ts'
import { canaries, type Canary } from '../../intent/escalations.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { cellOf, type Judged, type Opinion, type Seen } from '../escalation-judge.ts'
import { callsAtOnce } from '../platform/calls.ts'
import type { Question } from '../platform/reviews.ts'
import { pooled } from '../pool.ts'

export interface CanaryWorld {
  review: (question: Question) => Promise<Opinion>
  missing: Seen['missing']
  /** Namespace of their accounts. */
  namespace: string
}

/** How a canary was answered: what it must be, or what it was instead. */
export interface CanaryAnswer { canary: Canary, verdict: AttemptVerdict, reason: string }

/**
 * Asks about every canary until each that must be allowed is, or the budget is used up: the authorizer needs a moment to know new bindings.
 * Those that must be refused are asked once more when all others are known, so that a refusal is none for want of news.
 */
export async function askCanaries(world: CanaryWorld): Promise<CanaryAnswer[]> {
  const answers = new Map<Canary, CanaryAnswer>()
  const look = async (some: readonly Canary[]): Promise<void> => {
    await pooled(some, callsAtOnce / 2, async (canary) => { answers.set(canary, await ask(world, canary)) })
  }
  await converge(async () => {
    const open = canaries.filter((canary) => canary.answer === 'allowed' && !isAnswered(answers.get(canary)))
    await look(open)
    return open.filter((canary) => !isAnswered(answers.get(canary))).length
  }, budgets.rightsKnown, { consecutive: 1, until: (left) => left === 0 })
  await look(canaries.filter(({ answer }) => answer === 'forbidden'))
  return canaries.flatMap((canary) => answers.get(canary) ?? [])
}

function isAnswered(answer: CanaryAnswer | undefined): boolean {
  return answer !== undefined && (answer.verdict === 'allowed' || answer.verdict === 'not-applicable')
}

async function ask({ review, missing, namespace }: CanaryWorld, canary: Canary): Promise<CanaryAnswer> {
  const asked = canary.asks.filter((one) => missing(one) === undefined)
  if (asked.length === 0) return { canary, verdict: 'not-applicable', reason: canary.asks.map(missing)[0] ?? '' }
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated']
  const opinions = await Promise.all(asked.map(async (one) => ({ one, ...await review({ user: `system:serviceaccount:${namespace}:${canary.account}`, groups, ask: one, namespace: one.reach === 'cluster' ? undefined : 'kube-system' }) })))
  const off = opinions.find(({ verdict }) => verdict !== canary.answer)
  const [told = off] = opinions
  return { canary, verdict: (off ?? told)?.verdict ?? 'error', reason: told === undefined ? '' : `${sayAsk((off ?? told).one)} ${(off ?? told).reason}`.trim() }
}

/** What the canary with a row's own asks was answered. */
export function controlFrom(answers: readonly CanaryAnswer[]): Seen['control'] {
  const byRow = new Map(answers.filter(({ canary }) => canary.title === canary.row.id).map(({ canary, verdict }) => [canary.row.id, verdict]))
  return (row: Row) => byRow.get(row.id) ?? 'not-run'
}

/** The canaries as cells: one that is not answered as it must be says that the probe of its row is broken, and decides nothing. */
export function judgeCanaries(answers: readonly CanaryAnswer[]): Judged[] {
  return answers.map(({ canary: { title, row, answer }, verdict, reason }) => {
    const cell = cellOf({ row, identity: { name: `canary ${title}` }, scope: 'cluster', intended: answer === 'allowed' ? 'allow' : 'deny' }, verdict, { control: verdict === answer ? 'allowed' : verdict, reason })
    if (verdict === answer || verdict === 'not-applicable') return { cell }
    return { cell, doubt: `expected the canary "${title}" to be ${answer}, but it was ${verdict} (${reason}): the probe of ${row.id} proves nothing` }
  })
}
