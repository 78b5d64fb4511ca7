import { everybodys } from '../../intent/rights.ts'
import { closureOf } from '../rights/closure.ts'
import { allowing, type LiveRights } from '../rights/grants.ts'
import { boundedIdentities, strangers } from '../rights/identities.ts'
import { judgeRights, merged, type Judged, type RightsFinding } from '../rights/judge.ts'
import type { Asked } from '../rights/sample.ts'
import { issuedAccess } from './issued-access.ts'
import type { Platform } from './platform.ts'
import { liveRights, secondOpinion } from './rights.ts'

/** Rights as the engine sees them, beside what the authorizer says. */
export interface EffectiveRights {
  judged: readonly Judged[]
  findings: readonly (RightsFinding & { others: string[] })[]
  /** Sentences about bindings of somebody whom the platform does not ship. */
  strangers: readonly string[]
  namespaces: readonly string[]
  opinions: readonly (Asked & { authorizer: boolean })[]
}

/**
 * Everybody's rights, held against the intent. Other cases issue and take away access at the same time, so what is not as meant, or disputed,
 * is looked at a second time, and only what is there in both looks counts.
 */
export async function effectiveRights(platform: Platform): Promise<EffectiveRights> {
  const first = await look(platform)
  const opinions = await secondOpinion(platform, first.live)
  if (first.findings.length + first.strangers.length + opinions.filter(disputed).length === 0) return { ...first, opinions }
  const again = await look(platform)
  const sentences = new Set(first.findings.map(({ sentence }) => sentence))
  return {
    ...again,
    findings: again.findings.filter(({ sentence }) => sentences.has(sentence)),
    strangers: again.strangers.filter((one) => first.strangers.includes(one)),
    opinions: opinions.filter((one) => !disputed(one) || stillDisputed(again.live, one)),
  }
}

export function disputed({ allowed, authorizer }: Pick<Asked, 'allowed'> & { authorizer: boolean }): boolean {
  return allowed !== authorizer
}

/** Whether the engine, with the facts of now, still contradicts what the authorizer said a moment ago. */
function stillDisputed(live: LiveRights, { identity, question, authorizer }: Asked & { authorizer: boolean }): boolean {
  return (allowing(live.grantsOf(identity), question) !== undefined) !== authorizer
}

async function look(platform: Platform): Promise<Omit<EffectiveRights, 'opinions'> & { live: LiveRights }> {
  const [live, issued] = await Promise.all([liveRights(platform), issuedAccess(platform)])
  const identities = boundedIdentities(issued)
  const judged = identities.map((identity) => ({ identity: identity.name, intended: identity.intended, everybodys, closure: closureOf(live, identity) }))
  return { live, judged, findings: merged(judged.flatMap(judgeRights)), strangers: strangers(live.facts, identities), namespaces: live.facts.namespaces.map(({ name }) => name) }
}
