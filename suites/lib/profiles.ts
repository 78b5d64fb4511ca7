import type { CaseResult } from '../../reports/model/results.ts'
import type { PlannedCase } from './selection.ts'

/** How much a run does, least first; each holds what the ones before it hold. */
export const profiles = ['smoke', 'nightly', 'gameday'] as const
export type Profile = (typeof profiles)[number]

declare module 'vitest' {
  // Said by a case beside its tags: { tags: ['NFR-008'], meta: { profile: 'nightly' } }.
  interface TaskMeta {
    /** The least profile that runs the case; smoke when it says nothing, so a case that waits, or makes load, has to say so. */
    profile?: Profile
  }
}

/** What each profile is for and how long it may take, as `conform --plan` prints it. */
export const purposes = {
  smoke: 'what is seen within a minute: cases that read, ask, and try the traffic once',
  nightly: 'all that disturbs nobody, with the cases that wait for a measurement or an alert, or make load; 15 minutes at most',
  gameday: 'all, with the drills that take a part of the platform away while people watch',
} as const satisfies Record<Profile, string>

/** What a case belongs to that names no profile. */
export const usualProfile: Profile = 'smoke'

/**
 * The profile that a case names, read from its source: a plan is made without running the cases' modules, which would take longer than many
 * a run. Throws for any other form than `meta: { profile: 'nightly' }`; whoever runs the case compares (case.ts).
 */
export function profileIn(source: string, file: string): Profile {
  const said = source.split(/\bmeta:\s*/).slice(1)
  if (said.length === 0) return usualProfile
  const [, named] = /^\{ profile: '(\w+)' \}/.exec(said[0] ?? '') ?? []
  const profile = profiles.find((one) => one === named)
  if (profile === undefined || said.length > 1) {
    throw new Error(`Expected ${file} to name its profile once, as meta: { profile: '${profiles.join("' | '")}' }, got meta: ${said.map((text) => text.slice(0, 30).trim()).join(' and meta: ')}`)
  }
  return profile
}

/** Whether a profile runs the cases of another. */
export function holds(profile: Profile, least: Profile): boolean {
  return profiles.indexOf(least) <= profiles.indexOf(profile)
}

/** The later of two profiles: the one that runs what either of them runs. */
export function later(one: Profile, other: Profile): Profile {
  return holds(one, other) ? one : other
}

/** What a run has to say about a case that its profile leaves out: it was not run, and why, so that the run is partial and nobody takes it for whole. */
export function leftOut({ profile: least, ...one }: PlannedCase, profile: Profile): CaseResult {
  return {
    ...one,
    requirements: [...one.requirements],
    verdict: 'not-run',
    reason: `the profile ${profile} leaves it out; "plumbline conform --profile ${least}" runs it`,
    evidence: [],
  }
}
