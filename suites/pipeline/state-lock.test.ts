import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { lockHeldDuring, readLocks, readStateVersions } from '../lib/platform/state.ts'

/** How many of the newest writes are looked at; older locks may have been tidied away. */
const newest = 5

test(
  'the newest writes of the state were each made while its lock was held, and the lock was given back',
  { tags: ['FR-010'] },
  async ({ platform, evidence }) => {
    const { versions } = await readStateVersions(platform, newest)
    const locks = await readLocks(platform, newest * 10)
    const writes = versions.map((version) => ({ ...version, lock: lockHeldDuring(version, locks) }))
    evidence.observe('the newest versions of the state with the lock that was held when each was written, and the newest locks', { writes, locks: locks.slice(0, newest * 2) })

    if (writes.length === 0) throw new IndeterminateError(`expected at least one version of ${platform.outputs.state.key} in bucket ${platform.state.name}, but there is none; run "plumbline provision"`)
    expect(writes.filter(({ lock }) => lock === undefined).map(({ versionId, serial, at }) =>
      `expected the state with serial ${serial} (version ${versionId}, ${at}) to have been written under a lock, but no lock was held then; set use_lockfile in the backend`)).toBeFaultless()
    const held = locks.find(({ releasedAt }) => releasedAt === undefined)
    if (held !== undefined) {
      throw new IndeterminateError(`expected the lock of the state to be free, but ${held.lockId} (${held.operation}, since ${held.takenAt}) holds it: another run is at work, or one that was killed left it behind; see which before forcing it`)
    }
  },
)
