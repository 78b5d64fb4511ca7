import { expect, test } from 'vitest'
import { runIds, smallPublication, workplace } from './sample-publication.ts'

const id = 'isolation/cross-environment-traffic'
const other = 'drills/never-held'

function publication(runId: string, finishedAt: string, verdict: 'satisfied' | 'violated') {
  const { results, ...rest } = smallPublication(runId, 'clean')
  const [first, ...cases] = results.cases
  if (first === undefined) throw new TypeError('expected the sample to hold a case')
  const evidence = [{ kind: 'observation' as const, title: 'seen', at: finishedAt, data: 1 }]
  return { ...rest, results: { ...results, finishedAt, cases: [{ ...first, id, verdict, reason: verdict, evidence, startedAt: finishedAt }, ...cases.filter((one) => one.id !== id)] } }
}
const due = (name: string, requirement: string) => ({ case: name, requirements: [requirement], command: `npx plumbline drill ${name}`, days: 92 })

test('a requirement is as old as the newest proof of its oldest case, and stale after a quarter', async () => {
  await using place = await workplace()
  const all = [due(id, 'SC-007'), due(other, 'NFR-007')]
  const first = await place.publish({ ...publication(runIds[0], '2025-11-23T02:10:00.000Z', 'satisfied'), due: all })
  expect(first.results.quarterly).toEqual([
    { requirement: 'NFR-007', at: null, runId: null, stale: true, expires: null, command: `npx plumbline drill ${other}` },
    { requirement: 'SC-007', at: '2025-11-23T02:10:00.000Z', runId: runIds[0], stale: false, expires: '2026-02-23T02:10:00.000Z', command: `npx plumbline drill ${id}` },
  ])
  const second = await place.publish({ ...publication(runIds[1], '2026-02-23T02:10:00.000Z', 'violated'), due: [due(id, 'SC-007')] })
  expect(second.results.quarterly).toEqual([{ requirement: 'SC-007', at: '2025-11-23T02:10:00.000Z', runId: runIds[0], stale: false, expires: '2026-02-23T02:10:00.000Z', command: `npx plumbline drill ${id}` }])
  const third = await place.publish({ ...publication(runIds[2], '2026-02-24T02:10:00.000Z', 'violated'), due: [due(id, 'SC-007')] })
  expect(third.results.quarterly).toMatchObject([{ at: '2025-11-23T02:10:00.000Z', stale: true }])
})
