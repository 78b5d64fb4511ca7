import type { Breach } from '../../../fixtures/breaches/breach.ts'
import { holds, later, type Profile } from '../../../suites/lib/profiles.ts'
import { allDrills, drillCase } from '../../../suites/intent/drills.ts'
import { driftCase } from '../../../suites/lib/drift.ts'
import type { PlannedCase } from '../../../suites/lib/run.ts'

/** What has to be run to judge breaches. */
export interface Scope {
  /** Ids of cases, sorted. */
  cases: string[]
  /** The least profile that runs them all. */
  profile: Profile
}

/** Where cases work on the shared probes; with others a look starts none. */
const onProbes = ['isolation/', 'audit/', 'observability/'] as const

/**
 * Cases that look only where they have to notice. Whatever a breach does by hand is drift as well, by what drift means: the case that finds all
 * of it would be red beside every other, and say nothing about them (ADR 0017). One that gives a secret another value, has the
 * cluster's credentials made anew, or makes a change and takes it back, as every drill does, changes the platform itself: nobody could say any more whether what was broken was put back.
 */
const onlyTheirOwn: readonly string[] = [driftCase, 'access/break-glass-used', 'pipeline/recovery-executed', 'secrets/written-process', ...allDrills.map(drillCase)]

function looksOn(breach: Pick<Breach, 'case'>, id: string): boolean {
  return !onlyTheirOwn.includes(id) || breach.case === id
}

/**
 * The cases that share a requirement with a breach: its own and those that it must break. A story stands for itself, since whichever of its
 * scenarios breaks is declared as well. With `least` as smoke, and beside a drill, which waits long enough itself, only cases that end within a minute
 * look beside the breach's own: what waits for an alert or makes load is left out. Otherwise every case of the nightly profile looks, and of a later one those of a breach whose own case is.
 */
export function scopeOf(breach: Pick<Breach, 'case' | 'requirement' | 'expects'>, all: readonly PlannedCase[], least: Profile = 'nightly'): Scope {
  const touched = new Set<string>([breach.requirement, ...breach.expects.requirements])
  const profile = later(least, all.find(({ id }) => id === breach.case)?.profile ?? least)
  const beside = least === 'smoke' || allDrills.some((one) => drillCase(one) === breach.case) ? 'smoke' : profile
  const cases = all.filter((one) => looksOn(breach, one.id) && (one.id === breach.case || holds(beside, one.profile)) && one.requirements.some((id) => touched.has(id)))
  return { cases: cases.map(({ id }) => id).toSorted(), profile }
}

/** The requirements of which a scope leaves out a case that a look of the usual kind would ask. */
export function leftOutOf({ cases }: Scope, all: readonly PlannedCase[]): ReadonlySet<string> {
  const missing = all.filter(({ id, profile }) => !onlyTheirOwn.includes(id) && holds('nightly', profile) && !cases.includes(id)).flatMap(({ requirements }) => requirements)
  // With a scenario its story: US-003.4 is a part of US-003.
  return new Set(missing.flatMap((id) => [id, id.split('.')[0] ?? id]))
}

/** Everything that any of the scopes needs. */
export function union(scopes: readonly Scope[]): Scope {
  return {
    cases: [...new Set(scopes.flatMap(({ cases }) => cases))].toSorted(),
    profile: scopes.reduce<Profile>((profile, scope) => later(profile, scope.profile), 'smoke'),
  }
}

export function needsProbes({ cases }: Scope): boolean {
  return cases.some((id) => onProbes.some((folder) => id.startsWith(folder)))
}
