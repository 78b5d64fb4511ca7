import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runIds, smallPublication, workplace } from '../../../reports/sealing/sample-publication.ts'
import { differenceInWords, differenceOf, exitCodeOfDifference } from './diff.ts'
import { historyOf } from './history.ts'

const [spoilt, clean] = [smallPublication(runIds[0], 'spoilt'), smallPublication(runIds[1], 'clean')]

test('two runs are compared requirement by requirement and case by case, in either direction', async () => {
  await using place = await workplace()
  const folders = [(await place.publish(spoilt)).folder, (await place.publish(clean)).folder] as const
  const mended = await differenceOf(folders[0], folders[1], place)
  const broken = await differenceOf(folders[1], folders[0], place)
  expect([exitCodeOfDifference(mended), exitCodeOfDifference(broken)]).toEqual([0, 1])
  expect(mended.requirements.fixed).toEqual(broken.requirements.new.map(({ id, from, to }) => ({ id, from: to, to: from })))
  expect(differenceInWords(broken).slice(0, 3)).toEqual([
    `before ${runIds[1]}  ${clean.results.finishedAt.slice(0, 16).replace('T', ' ')} UTC, profile ${clean.results.profile}: ${broken.before.verdict}`,
    `now    ${runIds[0]}  ${spoilt.results.finishedAt.slice(0, 16).replace('T', ' ')} UTC, profile ${spoilt.results.profile}: ${broken.now.verdict}`,
    'requirements, new (failing now, not before):',
  ])
})

test('a run that was changed after it was sealed is compared with nothing', async () => {
  await using place = await workplace()
  const folders = [(await place.publish(spoilt)).folder, (await place.publish(clean)).folder] as const
  await appendFile(join(folders[0], 'results.json'), ' ')
  await expect(differenceOf(folders[0], folders[1], place)).rejects.toMatchObject({ exitCode: 5, message: expect.stringContaining('results.json') as string })
})

test('runs of two targets are not compared', async () => {
  await using place = await workplace()
  const folders = [(await place.publish(spoilt)).folder, (await place.publish({ ...clean, results: { ...clean.results, target: 'lke' } })).folder] as const
  await expect(differenceOf(folders[0], folders[1], place)).rejects.toMatchObject({ exitCode: 2, message: `Two runs of one target were expected, but ${runIds[0]} is of sandbox and ${runIds[1]} of lke: evidence from one says nothing about the other.` })
})

test('the history has every run of the ledger, and says which is no longer there as it was sealed', async () => {
  await using place = await workplace()
  await place.publish(spoilt)
  const { folder } = await place.publish(clean)
  expect((await historyOf(place.reportsFolder)).faults).toEqual([])
  await rm(folder, { recursive: true })
  const { runs, faults } = await historyOf(place.reportsFolder)
  expect(runs.map(({ seq, runId, profile }) => [seq, runId, profile])).toEqual([[1, runIds[0], spoilt.results.profile], [2, runIds[1], undefined]])
  expect(faults).toEqual([`Run ${runIds[1]} is missing, or no longer what was sealed.`])
})

test('a folder that is not there has no history', async () => {
  await expect(historyOf('/nowhere')).rejects.toMatchObject({ exitCode: 2, message: 'A reports folder was expected at /nowhere, but nothing is there.' })
})
