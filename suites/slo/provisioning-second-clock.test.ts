import { expect, test } from '../lib/case.ts'
import { NotYetError } from '../lib/indeterminate.ts'
import { eventIn, readEvents, readStarts } from '../lib/platform/run-records.ts'

/** How many of the newest runs are looked at. */
const newest = 10
/** The records are stored moments after the times that they tell, and the store counts whole seconds. Seconds. */
const tolerance = 15

test(
  'the durations that the pipeline reports agree with the clock of the object store, which it does not keep: from the record of the start to the event',
  { tags: ['NFR-006'] },
  async ({ platform, evidence }) => {
    const events = await readEvents(platform, newest)
    const starts = new Map((await readStarts(platform, Number.POSITIVE_INFINITY)).map((start) => [start.id, start]))
    const compared = events.flatMap((record) => {
      const event = eventIn(record)
      const start = starts.get(record.id)
      if (event === undefined || start === undefined) return []
      const byTheStore = (record.at.getTime() - start.at.getTime()) / 1000
      return [{ id: record.id, outcome: event.outcome, incremental: event.incremental, reported: event.durationMs / 1000, byTheStore, difference: Math.round((byTheStore - event.durationMs / 1000) * 10) / 10 }]
    })
    evidence.observe('the newest runs by two clocks: the pipeline\'s own, and the time at which the object store kept the records of start and end (seconds)', { tolerance, compared })

    if (compared.length === 0) throw new NotYetError('no run of the pipeline has left the record of its start and its event yet; run "plumbline provision" once more')
    expect(compared.filter(({ difference }) => Math.abs(difference) > tolerance).map(({ id, reported, byTheStore }) =>
      `expected the run ${id} to have taken what it reports (${reported} s), but by the clock of the object store it took ${byTheStore} s`)).toBeFaultless()
  },
)
