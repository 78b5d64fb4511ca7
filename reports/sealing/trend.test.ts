import { expect, test } from 'vitest'
import { runIds, smallPublication, workplace } from './sample-publication.ts'
import { trendOf } from './trend.ts'

test('a run names those before it on its target, oldest first, by what the ledger has of them', async () => {
  await using place = await workplace()
  const [one, two, three] = runIds
  const first = await place.publish(smallPublication(one, 'clean'))
  expect(first.results.trend).toEqual({ note: 'First run on the target sandbox in this ledger.', runs: [] })
  const second = await place.publish(smallPublication(two))
  const third = await place.publish(smallPublication(three))
  expect(third.results.trend?.runs).toEqual([first, second].map(({ entry: { runId, at, verdict, counts } }) => ({ runId, at, verdict, requirements: counts.requirements })))
  expect(third.results.trend?.note).toMatch(/^This run beside the 2 before it on the target sandbox, whatever/)
})

test('at most 29 are named, and of other targets none', async () => {
  await using place = await workplace()
  const { entry } = await place.publish(smallPublication(runIds[0], 'clean'))
  const entries = Array.from({ length: 40 }, (_, index) => ({ ...entry, runId: `run ${String(index)}` }))
  const { note, runs } = trendOf({ entries: [...entries, { ...entry, target: 'lke' }], faults: [] }, 'sandbox')
  expect([runs.length, runs[0]?.runId, runs.at(-1)?.runId]).toEqual([29, 'run 11', 'run 39'])
  expect(note).toContain('the 29 before it on the target sandbox, of 40 in all')
})

test('a broken ledger is no source', () => {
  expect(trendOf({ entries: [], faults: ['line 1 was edited'] }, 'sandbox')).toEqual({ note: 'The ledger is broken, so nothing is drawn from it.', runs: [] })
})
