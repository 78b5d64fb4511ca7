import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { workplace } from '../../sealing/sample-publication.ts'
import { sampleRuns } from '../sample-runs.ts'
import { allureOf } from './allure.ts'
import { FolderInUse, writeAllure } from './write.ts'

describe.each(Object.entries(sampleRuns()))('of a run that is %s', (_, run) => {
  const { tests, attachments } = allureOf(run)
  const number = (status: string) => tests.filter((one) => String(one.status) === status).length

  test('only what is satisfied has passed, and the run itself only with exit code 0', () => {
    expect(number('passed')).toBe(run.counts.cases.satisfied + (run.exitCode === 0 ? 1 : 0))
    expect(String(tests[0]?.status)).toBe(run.exitCode === 0 ? 'passed' : run.exitCode === 1 ? 'failed' : 'broken')
    expect(tests).toHaveLength(run.cases.length + 1)
  })

  test('violated is failed and indeterminate is broken', () => {
    expect(number('failed')).toBe(run.counts.cases.violated + (run.exitCode === 1 ? 1 : 0))
    expect(number('broken')).toBe(run.counts.cases.indeterminate + (run.exitCode > 1 ? 1 : 0))
  })

  test('every attachment of a test is there, ids are unique, and the same results give the same', () => {
    expect(tests.flatMap((one) => one.attachments.map(({ source }) => source)).filter((source) => !attachments.has(source))).toEqual([])
    expect(new Set(tests.map(({ uuid }) => uuid)).size).toBe(tests.length)
    expect(allureOf(run)).toEqual({ ...allureOf(run) })
  })
})

test('a published run is written with its evidence, and not into a folder that holds something', async () => {
  await using place = await workplace()
  const { results, folder } = await place.publish()
  const out = await mkdtemp(join(tmpdir(), 'plumbline-allure-'))
  try {
    const target = join(out, 'results')
    expect(await writeAllure(results, folder, target)).toBe(results.cases.length + 1)
    const names = await readdir(target)
    expect(names.filter((name) => name.endsWith('-result.json'))).toHaveLength(results.cases.length + 1)
    expect(names).toEqual(expect.arrayContaining(['categories.json', 'environment.properties']))
    for (const one of results.cases.flatMap(({ evidence }) => evidence)) {
      if (one.raw !== undefined) expect(await readFile(join(target, `${one.raw.sha256}-attachment.json`), 'utf8')).toBe(await readFile(join(folder, one.raw.path), 'utf8'))
    }
    await expect(writeAllure(results, folder, target)).rejects.toThrow(FolderInUse)
  } finally {
    await rm(out, { recursive: true, force: true })
  }
})
