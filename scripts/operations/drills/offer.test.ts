import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startOf } from '../../../fixtures/sandbox/process.ts'
import { beginJournal } from '../../../suites/lib/drills/journal.ts'
import { openJournals, refuseOpenDrill } from './offer.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'drills-')) })
afterEach(async () => { await rm(folder, { recursive: true }) })

const of = async (runId: string, process: { pid: number, start: string | null }) => beginJournal(folder, { runId, drill: runId, target: 'sandbox', process, startedAt: '2026-11-28T10:00:00.000Z', renews: [] })

test('a drill is open when its process is gone, when another one has its id since, and when nobody can read its journal', async () => {
  await of('1-held', { pid: process.pid, start: startOf(process.pid) ?? null })
  await of('2-gone', { pid: 2 ** 30, start: null })
  await of('3-another', { pid: process.pid, start: '1' })
  await writeFile(join(folder, '4-torn.json'), '{')
  expect((await openJournals(folder)).map(({ file, journal }) => [file.slice(folder.length + 1), journal?.drill])).toEqual([['2-gone.json', '2-gone'], ['3-another.json', '3-another'], ['4-torn.json', undefined]])
})

test('before a drill begins, one that is held and one that was left are each a sentence', async () => {
  await refuseOpenDrill(folder)
  await of('1-held', { pid: process.pid, start: startOf(process.pid) ?? null })
  await expect(refuseOpenDrill(folder)).rejects.toThrow(`1-held is being held by the process ${String(process.pid)}: wait until it has ended.`)
  await of('2-gone', { pid: 2 ** 30, start: null })
  await expect(refuseOpenDrill(folder)).rejects.toThrow(`2-gone was killed and has not been put back (${join(folder, '2-gone.json')}): run \`npx plumbline drill --restore\` first.`)
})
