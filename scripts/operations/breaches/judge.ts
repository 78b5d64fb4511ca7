import type { Breach } from '../../../fixtures/breaches/breach.ts'
import type { Settled } from '../../../reports/model/results.ts'

type Found = Pick<Settled, 'requirements' | 'cases'>

export interface Judgement {
  caught: boolean
  /** The case that noticed, which is the one that owns the requirement; null when it did not. */
  by: string | null
  /** What that case said. */
  reason: string
  /** Why it does not count as caught, one sentence each. */
  missed: string[]
}

/**
 * Whether a full run noticed a breach: the owning case must say so, and the requirements found must be exactly those that are declared.
 * A check that turns everything red with it would be as useless as one that stays green. `leftOut` names the requirements of which not every case looked.
 */
export function judge(breach: Pick<Breach, 'case' | 'requirement' | 'expects'>, { requirements, cases }: Found, leftOut: ReadonlySet<string> = new Set()): Judgement {
  const { verdict } = breach.expects
  // A requirement whose cases were not all asked may be silent: a quick look leaves some out.
  const demanded = breach.expects.requirements.filter((id) => id === breach.requirement || !leftOut.has(id))
  const owner = cases.find(({ id }) => id === breach.case)
  const noticed = owner?.verdict === verdict && owner.requirements.includes(breach.requirement)
  const missed = [
    ...(noticed ? [] : [ownerSaid(breach, owner)]),
    ...difference({ demanded, allowed: breach.expects.requirements }, requirements.filter((one) => one.verdict === verdict).map(({ id }) => id), verdict),
    ...(verdict === 'indeterminate' ? difference({ demanded: [], allowed: [] }, requirements.filter((one) => one.verdict === 'violated').map(({ id }) => id), 'violated') : []),
  ]
  return { caught: missed.length === 0, by: noticed ? breach.case : null, reason: owner?.reason ?? '', missed }
}

function ownerSaid(breach: Pick<Breach, 'case' | 'requirement' | 'expects'>, owner: Found['cases'][number] | undefined): string {
  if (owner === undefined) return `expected the case ${breach.case} to find ${breach.requirement} ${breach.expects.verdict}, but there is no such case`
  if (!owner.requirements.includes(breach.requirement)) return `expected the case ${breach.case} to be tagged with ${breach.requirement}, but it has ${owner.requirements.join(', ')}`
  return `expected the case ${breach.case} to be ${breach.expects.verdict}, but it is ${owner.verdict}`
}

function difference({ demanded, allowed }: { demanded: readonly string[], allowed: readonly string[] }, seen: readonly string[], verdict: string): string[] {
  const silent = demanded.filter((id) => !seen.includes(id))
  const surplus = seen.filter((id) => !allowed.includes(id))
  return [
    ...(silent.length === 0 ? [] : [`expected ${silent.join(', ')} to be ${verdict} too, but they are not`]),
    ...(surplus.length === 0 ? [] : [`expected nothing else to be ${verdict}, but ${surplus.join(', ')} are`]),
  ]
}
