import { sentenceOf } from '../../console/failure.ts'
import { settleAll } from './concurrency.ts'
import type { Helm, ReleaseRecord } from './helm.ts'
import type { ReleaseList } from './releases-file.ts'

/** What was undone of a failed run, and what could not be: sentences without a full stop. */
export interface Undoing { undone: string[], left: string[] }

/** Revision and status of each release before the run, by name; what was not installed is absent. */
export type ReleasesBefore = ReadonlyMap<string, Pick<ReleaseRecord, 'revision' | 'status'>>

/** Two cores gain nothing from more. */
const width = 4
/** Revisions of these were in force once and can be again. */
const proven: ReadonlySet<string> = new Set(['deployed', 'superseded'])

export async function releasesBefore(helm: Pick<Helm, 'list'>): Promise<ReleasesBefore> {
  return new Map((await helm.list()).map(({ name, revision, status }) => [name, { revision, status }]))
}

/**
 * Puts every release of a list back to what it was before a run: its earlier revision, or away when there was none. Last stage first. Never
 * rejects: what could not be put back is told.
 */
export async function undoReleases(list: ReleaseList, before: ReleasesBefore, helm: Pick<Helm, 'history' | 'rollback' | 'uninstall'>): Promise<Undoing> {
  const undoing: Undoing = { undone: [], left: [] }
  for (const { releases } of list.stages.toReversed()) {
    const results = await settleAll(releases, width, async ({ name }) => undoRelease(name, before.get(name), helm))
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') undoing.left.push(`release ${releases[index]?.name ?? ''} is not as it was before: ${sentenceOf(result.reason)}`)
      else if (result.value !== undefined) undoing.undone.push(result.value)
    }
  }
  return undoing
}

async function undoRelease(name: string, before: Pick<ReleaseRecord, 'revision' | 'status'> | undefined, helm: Pick<Helm, 'history' | 'rollback' | 'uninstall'>): Promise<string | undefined> {
  const records = await helm.history(name)
  const latest = records.at(-1)
  if (latest === undefined) return undefined
  if (before === undefined) {
    await helm.uninstall(name)
    return `release ${name} uninstalled`
  }
  if (latest.revision === before.revision && latest.status === before.status) return undefined
  const target = records.findLast(({ revision, status }) => revision <= before.revision && proven.has(status))
  if (target === undefined) throw new Error(`it was ${before.status} before, and Helm keeps no revision of it that was ever in force`)
  await helm.rollback(name, target)
  return `release ${name} back at revision ${target.revision}`
}
