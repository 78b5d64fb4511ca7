import type { IntendedRights, NeededRights } from '../../intent/needed.ts'
import type { Grant } from './grants.ts'
import { atomsOf, holds, placeOf, wordsOf, type Atom } from './rules.ts'

/** One kind of request that somebody made and was not refused, as the audit records tell it. `count` is how often. */
export type Use = { verb: string, group: string, resource: string, namespace: string | undefined, name: string | undefined, count: number } | { verb: string, url: string, count: number }

/** The time over which an account's requests are on record. */
export interface Recorded { first: Date, last: Date }

/** A right that no record shows in use, and what that means. */
export interface Unused {
  atom: Atom
  grant: Grant
  /** Why that was to be expected, by the intent; undefined where nothing is said. */
  reason: string | undefined
  /** How long it could have been used and was watched. Milliseconds; 0 where the account has no record. */
  watched: number
}

/** How long a right must go unused before that says something. */
export const enoughTime = {
  milliseconds: 600_000,
  source: 'a watch is renewed within 5 to 10 minutes (client-go), and whatever else an automation account does as a matter of course it does more often; what it does rarely the intent names',
} as const

export interface Account { grants: readonly Grant[], uses: readonly Use[], recorded: Recorded | undefined, intended: IntendedRights, everybodys: readonly NeededRights[] }

/** Rights of an account that its records show in no use. What Kubernetes gives everybody is not held against it. */
export function unusedRights({ grants, uses, recorded, intended, everybodys }: Account): { granted: number, unused: Unused[] } {
  const common = atoms(everybodys)
  const own = grants.flatMap((grant) => atomsOf(grant.rule, grant.scope).map((atom) => ({ atom, grant }))).filter(({ atom }) => !common.some((one) => holds(one, atom)))
  const reasons = [...intended.needed, ...intended.spare ?? []].flatMap(({ unseen, ...needed }) => unseen === undefined ? [] : atomsOf(needed, needed.scope).map((atom) => ({ atom, unseen })))
  return {
    granted: own.length,
    unused: own.filter(({ atom }) => !uses.some((use) => shows(atom, use))).map(({ atom, grant }) => ({
      atom, grant, reason: reasons.find((one) => holds(one.atom, atom))?.unseen, watched: watchedFor(grant, recorded),
    })),
  }
}

function shows(atom: Atom, use: Use): boolean {
  if ('url' in use) return holds(atom, { verb: use.verb, url: use.url })
  return holds(atom, { verb: use.verb, group: use.group, resource: use.resource, name: use.name, scope: use.namespace })
    || (!('url' in atom) && atom.scope === undefined && holds(atom, { verb: use.verb, group: use.group, resource: use.resource, name: use.name, scope: undefined }))
}

/** From when the account was first seen and the grant was there, until its last record. */
function watchedFor({ since }: Grant, recorded: Recorded | undefined): number {
  if (recorded === undefined) return 0
  return Math.max(0, recorded.last.getTime() - Math.max(recorded.first.getTime(), since?.getTime() ?? 0))
}

function atoms(rights: readonly NeededRights[]): Atom[] {
  return rights.flatMap((one) => atomsOf(one, one.scope))
}

export interface UseVerdict { faults: string[], undecided: string[] }

/** One sentence for each binding of which something is unused and nobody said why: a fault after enough time, undecided before. */
export function useSentences(account: string, unused: readonly Unused[]): UseVerdict {
  const open = unused.filter(({ reason }) => reason === undefined)
  const groups = [...Map.groupBy(open, ({ grant, watched }) => `${watched >= enoughTime.milliseconds} ${grant.binding} ${grant.role}`).values()]
  const sentences = groups.flatMap((group) => group[0] === undefined ? [] : [{ old: group[0].watched >= enoughTime.milliseconds, text: sentenceOf(account, group[0], group.map(({ atom }) => wordsOf(atom))) }])
  return {
    faults: sentences.filter(({ old }) => old).map(({ text }) => `${text}; take it out of the chart, or say in suites/intent what it is for and why no record shows it`),
    undecided: sentences.filter(({ old }) => !old).map(({ text }) => `${text}; that says something after ${enoughTime.milliseconds / 60_000} minutes, so run again then`),
  }
}

function sentenceOf(account: string, { grant, watched }: Unused, words: readonly string[]): string {
  const shown = words.slice(0, 4).join(', ') + (words.length > 4 ? ` and ${words.length - 4} more` : '')
  const time = watched === 0 ? 'but none of its requests is on record' : `but in the ${Math.floor(watched / 60_000)} minutes on record it never did`
  return `expected ${account} to use what it is given (${shown} ${placeOf(grant.scope)}, by ${grant.binding} of ${grant.role}), ${time}`
}
