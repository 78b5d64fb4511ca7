import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { applied, newestVerdict, readProvisioning, unjudged } from '../lib/platform/provisioning.ts'

/** How many of the newest runs that applied something are looked at. */
const newest = 3

test(
  'each of the newest runs of the pipeline that applied something was judged by the policies before, and nothing was denied',
  { tags: ['FR-007'] },
  async ({ platform, evidence }) => {
    const { events, unreadable } = await readProvisioning(platform)
    const looked = events.filter((event) => event.outcome === 'success' && applied(event)).slice(-newest)
    evidence.observe('the newest runs that applied something, and what the policies said of each', { looked, unreadable })

    if (looked.length === 0) throw new IndeterminateError(`expected the event of a run that applied something in the audit bucket, but none of its ${events.length} events is one`)
    expect(looked.flatMap(unjudged)).toBeFaultless()
    evidence.policy('what the policies said of the newest run, and what they could not know', newestVerdict(events))
  },
)
