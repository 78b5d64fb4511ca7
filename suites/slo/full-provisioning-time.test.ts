import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readProvisioning } from '../lib/platform/provisioning.ts'

test(
  'the newest provisioning from nothing, of all environments, ended within 45 minutes',
  { tags: ['NFR-006'] },
  async ({ platform, evidence }) => {
    const { events, unreadable } = await readProvisioning(platform)
    evidence.observe('provisioning events in the audit bucket', { events, unreadable })

    const newest = events.findLast(({ incremental, outcome }) => !incremental && outcome === 'success')
    if (newest === undefined) throw new IndeterminateError(`expected the event of a provisioning from nothing that succeeded in the audit bucket, but none of its ${events.length} events is one`)
    evidence.timing('the newest provisioning from nothing, by phase', { seconds: newest.durationMs / 1000, atMost: objectives.fullProvisioning, phases: newest.phases, event: newest.id })
    expect(newest.durationMs / 1000, `seconds that the provisioning ${newest.id} took`).toBeLessThanOrEqual(objectives.fullProvisioning)
  },
)
