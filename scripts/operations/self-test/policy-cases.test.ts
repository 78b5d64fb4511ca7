import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { compareWith } from './policy-cases.ts'

const recorded = join(repository, 'fixtures/policy-cases/cases.ndjson')
let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'policy-cases-')) })
afterAll(async () => { await rm(folder, { recursive: true }) })

async function changed(edit: (text: string) => string): Promise<string> {
  const file = join(folder, 'cases.ndjson')
  await writeFile(file, edit(await readFile(recorded, 'utf8')))
  return file
}

test('our engine says what cyclonus says about every attempt of every case that cyclonus generates', async () => {
  expect(await compareWith(recorded)).toEqual({ version: 'v0.5.6', cases: 230, steps: 256, agreed: 123_669, disagreements: [], outOfScope: [] })
})

test('the version is the one that is pinned', async () => {
  expect(await readFile(join(repository, 'fixtures/policy-cases/go.mod'), 'utf8')).toContain(`github.com/mattfenwick/cyclonus ${(await compareWith(recorded)).version}\n`)
})

test('a single other verdict is a disagreement, with its attempt', async () => {
  const { agreed, disagreements } = await compareWith(await changed((text) => text.replace('"table":["X', '"table":["I')))
  expect(agreed).toBe(123_668)
  expect(disagreements).toEqual(['case 1, step 1 (target, target-namespace): 1 attempts, as x/a → x/a:80 (TCP), of which they say I'])
})

test('a step with what our engine does not know is counted as that, and not as agreed', async () => {
  const { steps, agreed, outOfScope } = await compareWith(await changed((text) => text.replace('"policyTypes":["Ingress","Egress"]', '"policyTypes":["Ingress","Sideways"]')))
  expect(steps).toBe(256)
  expect(agreed).toBe(123_669 - 486)
  expect(outOfScope).toEqual([expect.stringContaining('case 1, step 1 (target, target-namespace): ')])
})
