import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readProvisioning } from '../lib/platform/provisioning.ts'
import { locksDuring, readLocks } from '../lib/platform/state.ts'

/** How many of the newest runs are looked at; older locks may have been tidied away. */
const newest = 3
const locksLookedAt = 40

test(
  'each of the newest runs of the pipeline held the lock of the state, and held it for its apply when it changed something',
  { tags: ['FR-010'] },
  async ({ platform, evidence }) => {
    const { events } = await readProvisioning(platform)
    const locks = await readLocks(platform, locksLookedAt)
    const runs = events.filter(({ outcome }) => outcome === 'success').slice(-newest).map((run) => ({
      id: run.id,
      changed: Object.values(run.changes ?? {}).some((count) => count > 0),
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      locks: locksDuring(run, locks),
    }))
    evidence.observe('the newest runs of the pipeline with the locks that Terraform wrote during each', { runs, newestLocks: locks.slice(0, newest) })

    if (runs.length === 0) throw new IndeterminateError('expected the event of at least one run of the pipeline that succeeded in the audit bucket, but there is none; run "plumbline provision"')
    const advice = 'set use_lockfile in the backend'
    expect(runs.flatMap(({ id, changed, startedAt, finishedAt, locks: held }) => {
      if (held.length === 0) return [`expected the run ${id} (${startedAt} to ${finishedAt}) to have locked the state, but no lock was taken then; ${advice}`]
      const applied = held.some(({ operation }) => operation === 'OperationTypeApply')
      return changed && !applied ? [`expected the run ${id} to have locked the state for its apply, but only ${held.map(({ operation }) => operation).join(', ')} did; ${advice}`] : []
    })).toBeFaultless()
  },
)
