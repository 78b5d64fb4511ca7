import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { showOnJobPage } from './job-page.ts'

let folder: string
const notes: string[] = []
const console = { note: (text: string) => { notes.push(text) } }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'job-page-'))
  notes.length = 0
  await writeFile(join(folder, 'summary.md'), '## Plumbline: violated on sandbox\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the summary comes after what other steps have written', async () => {
  const page = join(folder, 'page')
  await writeFile(page, 'before\n')
  await showOnJobPage({ folder }, console, page)
  expect(await readFile(page, 'utf8')).toBe('before\n## Plumbline: violated on sandbox\n')
  expect(notes).toEqual([])
})

test('where there is no such page nothing is written', async () => {
  await showOnJobPage({ folder }, console, '')
  expect(notes).toEqual([])
})

test('a page that cannot be written is said and fails nothing', async () => {
  await showOnJobPage({ folder }, console, join(folder, 'no', 'page'))
  expect(notes).toEqual([expect.stringMatching(/^The summary was expected to be appended to .*\/no\/page \(GITHUB_STEP_SUMMARY\), but that was not possible \(ENOENT: .*\); it is in .*summary\.md\.$/)])
})
