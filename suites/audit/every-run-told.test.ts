import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { eventFaults, eventIn, readEvents, readStarts } from '../lib/platform/run-records.ts'

/** How many of the newest runs are looked at. */
const newest = 50

test(
  'every run of the pipeline that began has an event that tells how it ended, with outcome, duration and actor; a killed run has it from the run after it',
  { tags: ['NFR-004'] },
  async ({ platform, evidence }) => {
    const events = await readEvents(platform, newest)
    const starts = await readStarts(platform, newest)
    const told = new Set((await readEvents(platform, Number.POSITIVE_INFINITY)).map(({ id }) => id))
    const lastStart = starts.at(-1)
    // The newest may be at work, and so may whatever began beside it; what began before a later run had begun was over then.
    const earlier = starts.slice(0, -1)
    const untold = earlier.filter(({ id }) => !told.has(id))
    evidence.observe('the newest runs of the pipeline: which began, which events there are, and what these lack', {
      began: starts.map(({ id, startedAt }) => ({ id, startedAt, told: told.has(id) })),
      events: events.map((record) => ({ id: record.id, outcome: eventIn(record)?.outcome, actor: eventIn(record)?.actor, durationMs: eventIn(record)?.durationMs, reason: eventIn(record)?.reason })),
    })

    if (events.length === 0 || lastStart === undefined) throw new IndeterminateError('expected the start and the event of at least one run of the pipeline in the audit bucket, but there are none; run "plumbline provision"')
    expect(events.flatMap(eventFaults)).toBeFaultless()
    expect(untold.map(({ id, startedAt }) => `expected an event that tells how the run ${id} ended, which began at ${startedAt}, but the run ${lastStart.id} after it has told of none`)).toBeFaultless()
  },
)
