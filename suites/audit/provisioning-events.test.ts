import { objectives } from '../intent/objectives.ts'
import { promptness } from '../intent/promptness.ts'
import { expect, test } from '../lib/case.ts'
import { NotYetError } from '../lib/indeterminate.ts'
import { arrivals, filledSince } from '../lib/platform/audit-stream.ts'
import { readProvisioning } from '../lib/platform/provisioning.ts'

/** How many of the newest runs are looked at. */
const newest = 10

test(
  'the event of each of the newest runs of the pipeline was in the log store within 60 seconds of the run\'s end',
  { tags: ['NFR-004'] },
  async ({ platform, evidence }) => {
    const { events } = await readProvisioning(platform)
    const since = await filledSince(platform)
    // A log store that was filled anew later says nothing about when an event first came.
    const watched = events.slice(-newest).filter(({ finishedAt }) => since !== undefined && new Date(finishedAt) >= since)
    const arrived = await arrivals(platform, watched.map(({ id }) => id))
    const seen = watched.map(({ id, outcome, finishedAt }) => {
      const at = arrived.get(id)
      return { id, outcome, finishedAt, ...at === undefined ? {} : promptness({ from: new Date(finishedAt), to: at, atMost: objectives.provisioningEvent }) }
    })
    evidence.observe('the newest runs of the pipeline, and when the event of each was in the log store', { filledSince: since, runs: seen })

    if (seen.length === 0) throw new NotYetError('no run of the pipeline has ended since the log store holds records; run "plumbline provision" once more')
    for (const { id, seconds } of seen) if (seconds !== undefined) evidence.timing(`from the end of the run ${id} to its event in the log store`, { seconds, atMost: objectives.provisioningEvent })
    expect(seen.flatMap(({ id, finishedAt, seconds, inTime }) => {
      const late = Date.now() - Date.parse(finishedAt) > objectives.provisioningEvent * 1000
      if (seconds === undefined) return late ? [`expected the event of the run ${id}, which ended at ${finishedAt}, in the log store, but it is not there`] : []
      return inTime === true ? [] : [`expected the event of the run ${id} in the log store within ${objectives.provisioningEvent} s of its end, but it took ${seconds} s`]
    })).toBeFaultless()
  },
)
