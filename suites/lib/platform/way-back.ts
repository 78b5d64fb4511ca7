import type { ChangeRecord } from './changes.ts'
import type { Revision } from './release-records.ts'

/** A release that a change brought to `revision`, and every revision of it that is kept after the way back was gone. */
export interface Returned { name: string, revision: number, previous: number | null, revisions: readonly Revision[] }

/** What is wrong with where a release is after the way back from a change, a sentence each. */
export function returnFaults({ name, revision, previous, revisions }: Returned): string[] {
  const [changed, wanted, now] = [revisions.find((one) => one.revision === revision), revisions.find((one) => one.revision === previous), revisions.at(-1)]
  if (wanted === undefined) return [`expected Helm to keep revision ${String(previous)} of the release ${name}, to which the way back leads, but it does not`]
  if (now === undefined || now.revision <= revision) return [`expected the way back to make another revision of the release ${name} than ${revision}, but there is none`]
  return [
    ...now.status === 'deployed' ? [] : [`expected the release ${name} to be deployed after the way back, but it is ${now.status}`],
    ...now.manifests === wanted.manifests ? [] : [`expected the release ${name} to be what it was in revision ${String(previous)}, but its manifests are others`],
    // The control: a change that changed nothing would be taken back by anything.
    ...changed?.manifests === wanted.manifests ? [`expected revision ${revision} of the release ${name} to have other manifests than revision ${String(previous)}, but they are the same`] : [],
  ]
}

/** The releases that a record names with a revision before. */
export function releasesWithWayBack({ recovery }: ChangeRecord): { name: string, revision: number, previous: number | null }[] {
  return recovery.releases.filter(({ previous }) => previous !== null)
}
