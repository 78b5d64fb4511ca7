import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
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

/** The kept versions of the state, newest first, at most `most` of them, and how many there are. Rejects with IndeterminateError when one cannot be read. */
export async function readStateVersions({ state, outputs }: Platform, most: number): Promise<{ kept: number, versions: StateVersion[] }> {
  const { key } = outputs.state
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

/** One time that the state was locked: what Terraform wrote about it, and when the lock was taken and given back as the store saw it. */
export interface LockRecord {
  takenAt: string
  /** Undefined while it is held. */
  releasedAt: string | undefined
  operation: string
  lockId: string
}

const lockSchema = z.object({ ID: z.string(), Operation: z.string() })

/** The times that the state's lock was held, newest first, at most `most`: a versioned bucket remembers each lock and each release. */
export async function readLocks({ state, outputs }: Platform, most: number): Promise<LockRecord[]> {
  const key = `${outputs.state.key}.tflock`
  const history = (await state.versions(key)).filter((version) => version.key === key)
  const taken = newestFirst(history.filter(({ deleted }) => !deleted)).slice(0, most)
  return await Promise.all(taken.map(async (version): Promise<LockRecord> => {
    const parsed = lockSchema.safeParse(jsonOrNothing(await state.text(key, version.versionId)))
    return {
      takenAt: version.at.toISOString(),
      releasedAt: releaseOf(version, history)?.toISOString(),
      operation: parsed.data?.Operation ?? 'unreadable',
      lockId: parsed.data?.ID ?? 'unreadable',
    }
  }))
}

/** A lock is given back by deleting its object; the one that is the newest version of all is still held. */
export function releaseOf(lock: Pick<ObjectVersion, 'at' | 'latest'>, history: readonly Pick<ObjectVersion, 'at' | 'deleted'>[]): Date | undefined {
  if (lock.latest) return undefined
  const releases = history.filter(({ deleted, at }) => deleted && at.getTime() >= lock.at.getTime()).map(({ at }) => at.getTime())
  return releases.length === 0 ? undefined : new Date(Math.min(...releases))
}

/** Newest first; among those of one second the order in which the store lists them, which is newest first too. */
function newestFirst(versions: readonly ObjectVersion[]): ObjectVersion[] {
  return [...versions].sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** Serials that lie between two kept versions and have no version themselves: a write that left none. */
export function missingSerials(versions: readonly StateVersion[]): number[] {
  const serials = new Set(versions.map(({ serial }) => serial))
  const [first, last] = [Math.min(...serials), Math.max(...serials)]
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).filter((serial) => !serials.has(serial))
}

/** The lock that was held when a version was written; the store's clock has a resolution of one second on both sides. */
export function lockHeldDuring(version: Pick<StateVersion, 'at'>, locks: readonly LockRecord[]): LockRecord | undefined {
  const written = Date.parse(version.at)
  const second = 1000
  return locks.find(({ takenAt, releasedAt }) => Date.parse(takenAt) <= written + second && (releasedAt === undefined || Date.parse(releasedAt) >= written - second))
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
