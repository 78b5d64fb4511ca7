import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { NotYetError } from '../lib/indeterminate.ts'
import { readProvisioning } from '../lib/platform/provisioning.ts'

test(
  'the newest run of the pipeline on a platform that existed ended within 10 minutes',
  { tags: ['NFR-006'] },
  async ({ platform, evidence }) => {
    const { events, unreadable } = await readProvisioning(platform)
    evidence.observe('provisioning events in the audit bucket', { events, unreadable })

    const newest = events.findLast(({ incremental, outcome }) => incremental && outcome === 'success')
    if (newest === undefined) throw new NotYetError('no incremental run of the pipeline has succeeded on this platform yet; run "plumbline provision" once more')
    evidence.timing('the newest incremental run, by phase', { seconds: newest.durationMs / 1000, atMost: objectives.incrementalProvisioning, phases: newest.phases, event: newest.id, changes: newest.changes })
    expect(newest.durationMs / 1000, `seconds that the run ${newest.id} took`).toBeLessThanOrEqual(objectives.incrementalProvisioning)
  },
)
