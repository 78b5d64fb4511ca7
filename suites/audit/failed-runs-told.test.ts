import { objectives } from '../intent/objectives.ts'
import { promptness } from '../intent/promptness.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { arrivals } from '../lib/platform/audit-stream.ts'
import { eventFaults, eventIn, readEvents } from '../lib/platform/run-records.ts'
import { rehearsed } from '../lib/rehearsals.ts'

/** Said by the pipeline while Terraform is about to plan. */
const beforeThePlan = 'terraform init'
const noSuchType = 'g0-rehearsal-of-a-failure'
const newest = 50

test(
  'the event of a run that fails, of one that is interrupted and of one that is killed is what its schema says, and in the log store within 60 seconds',
  { tags: ['NFR-004'], meta: { profile: 'nightly' } },
  async ({ platform, rehearsals, evidence, run }) => {
    const known = new Set((await readEvents(platform, newest)).map(({ id }) => id))
    const killed = await rehearsals.provision({ send: { signal: 'SIGKILL', when: beforeThePlan } })
    const failed = await rehearsals.withPools((usual) => [{ ...usual, purpose: 'rehearsal', type: noSuchType, count: 1 }], (platformFile) => rehearsals.provision({ platformFile }))
    const interrupted = await rehearsals.provision({ send: { signal: 'SIGINT', when: beforeThePlan } })
    const records = (await readEvents(platform, newest)).filter(({ id }) => !known.has(id))
    const ids = records.map(({ id }) => id)
    const { value: arrived } = await converge(async () => [...await arrivals(platform, ids)], budgets.provisioningEventArrives, {
      consecutive: 1, every: 1000, until: (found) => found.length === ids.length, signal: run.signal,
    })
    const seen = records.map((record) => {
      const event = eventIn(record)
      const at = new Map(arrived).get(record.id)
      return {
        id: record.id, outcome: event?.outcome, reason: event?.reason, undone: event?.undone, left: event?.left,
        ...event === undefined || at === undefined ? {} : promptness({ from: new Date(event.finishedAt), to: new Date(at), atMost: objectives.provisioningEvent }),
      }
    })
    evidence.observe('three runs that did not succeed, and their events', {
      runs: [rehearsed('killed', killed), rehearsed('failed: no such type of Linode', failed), rehearsed('interrupted', interrupted)], events: seen,
    })

    if (killed.endedBy !== 'SIGKILL' && killed.exitCode !== 137) throw new IndeterminateError(`expected the first run to be killed at its plan, but it ended by itself with ${killed.exitCode ?? 'a signal'}`)
    expect(failed.exitCode, 'exit code of the run that failed').toBe(4)
    expect(interrupted.exitCode, 'exit code of the run that was interrupted').toBe(130)
    expect(seen.map(({ outcome }) => outcome ?? 'unreadable').toSorted(), 'outcomes of the events of these runs').toEqual(['failure', 'interrupted', 'interrupted'])
    expect(records.flatMap(eventFaults)).toBeFaultless()
    for (const { id, seconds } of seen) if (seconds !== undefined) evidence.timing(`from the end of the run ${id} to its event in the log store`, { seconds, atMost: objectives.provisioningEvent })
    expect(seen.flatMap(({ id, outcome = '', seconds, inTime }) => {
      if (seconds === undefined) return [`expected the event of the run ${id} (${outcome}) in the log store within ${budgets.provisioningEventArrives.milliseconds / 1000} s, but it did not come`]
      return inTime === true ? [] : [`expected the event of the run ${id} (${outcome}) in the log store within ${objectives.provisioningEvent} s, but it took ${seconds} s`]
    })).toBeFaultless()
  },
)
