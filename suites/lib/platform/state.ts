import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'
import type { ObjectVersion } from './storage.ts'

/** One kept version of the Terraform state. Of its content only serial and lineage are read: the rest is secret. */
export interface StateVersion {
  versionId: string
  at: string
  size: number
  latest: boolean
  serial: number
  lineage: string
}

const stateSchema = z.object({ serial: z.int(), lineage: z.string() })

/** How many versions are read at the same time. */
const readsAtOnce = 8

/** The kept versions of the state, or of another one in its bucket, newest first, at most `most` of them, and how many there are. Rejects with IndeterminateError when one cannot be read. */
export async function readStateVersions({ state, outputs }: Pick<Platform, 'state' | 'outputs'>, most: number, key = outputs.state.key): Promise<{ kept: number, versions: StateVersion[] }> {
  const all = newestFirst((await state.versions(key)).filter((version) => version.key === key && !version.deleted))
  const versions: StateVersion[] = []
  const wanted = all.slice(0, most)
  for (let start = 0; start < wanted.length; start += readsAtOnce) {
    versions.push(...await Promise.all(wanted.slice(start, start + readsAtOnce).map(async ({ versionId, at, size, latest }) => {
      const parsed = stateSchema.safeParse(jsonOrNothing(await state.text(key, versionId)))
      if (!parsed.success) throw new IndeterminateError(`expected version ${versionId} of ${key} to be a Terraform state with a serial, but it is not; restore a version that is`)
      return { versionId, at: at.toISOString(), size, latest, ...parsed.data }
    })))
  }
  return { kept: all.length, versions }
}

/** One time that the state was locked, as Terraform wrote it into the lock. `takenAt` is of the clock of the machine that took it. */
export interface LockRecord {
  takenAt: string
  operation: string
  lockId: string
  /** User and machine. */
  who: string
  /** The lock's object is there now: nobody has given it back. */
  held: boolean
}

const lockSchema = z.object({ ID: z.string(), Operation: z.string(), Who: z.string(), Created: z.string() })

/** The newest locks of the state, newest first, at most `most`: a versioned bucket remembers each. Rejects with IndeterminateError when one cannot be read. */
export async function readLocks({ state, outputs }: Pick<Platform, 'state' | 'outputs'>, most: number, stateKey = outputs.state.key): Promise<LockRecord[]> {
  const key = `${stateKey}.tflock`
  const taken = newestFirst((await state.versions(key)).filter((version) => version.key === key && !version.deleted)).slice(0, most)
  const locks = await Promise.all(taken.map(async ({ versionId, latest }): Promise<LockRecord> => {
    const parsed = lockSchema.safeParse(jsonOrNothing(await state.text(key, versionId)))
    if (!parsed.success) throw new IndeterminateError(`expected version ${versionId} of ${key} to be a lock that Terraform wrote, but it is not`)
    return { takenAt: parsed.data.Created, operation: parsed.data.Operation, lockId: parsed.data.ID, who: parsed.data.Who, held: latest }
  }))
  return locks.sort((a, b) => Date.parse(b.takenAt) - Date.parse(a.takenAt))
}

/**
 * The locks that were taken while a run of the pipeline was at work. Both times are of the machine that ran it, so they can be compared;
 * the times of the store cannot, some stores restamp a version when it is superseded.
 */
export function locksDuring(run: { startedAt: string, finishedAt: string }, locks: readonly LockRecord[]): LockRecord[] {
  return locks.filter(({ takenAt }) => Date.parse(takenAt) >= Date.parse(run.startedAt) && Date.parse(takenAt) <= Date.parse(run.finishedAt))
}

/** Newest first; among those of the same time the order in which the store lists them, which is newest first too. */
function newestFirst(versions: readonly ObjectVersion[]): ObjectVersion[] {
  return [...versions].sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** Serials that lie between two kept versions and have no version themselves: a write that left none. */
export function missingSerials(versions: readonly StateVersion[]): number[] {
  const serials = new Set(versions.map(({ serial }) => serial))
  const [first, last] = [Math.min(...serials), Math.max(...serials)]
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).filter((serial) => !serials.has(serial))
}
