import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guidesIn } from './guides.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breach-guides-'))
  await mkdir(join(folder, 'checkout/teams'), { recursive: true })
  await writeFile(join(folder, 'checkout/teams/a.md'), 'one two')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inPlace = () => guidesIn(join(folder, 'scratch'), join(folder, 'checkout'))

test('a guide is changed in a copy, twice if need be, and never in the checkout', async () => {
  const guides = inPlace()
  expect(guides.given()).toEqual({})
  await guides.rewriteGuide('teams/a.md', (text) => text.replace('one', '1'))
  await guides.rewriteGuide('teams/a.md', (text) => text.replace('two', '2'))
  const { docs = '' } = guides.given()
  expect(await readFile(join(docs, 'teams/a.md'), 'utf8')).toBe('1 2')
  expect(await readFile(join(folder, 'checkout/teams/a.md'), 'utf8')).toBe('one two')
})

test('an edit that changes nothing is refused', async () => {
  await expect(inPlace().rewriteGuide('teams/a.md', (text) => text)).rejects.toThrow('docs/teams/a.md was expected to hold what the breach changes, but it does not')
})

test('a program in the place of another reaches the one that it hides', async () => {
  const guides = inPlace()
  await guides.replaceProgram('echo', 'exec "$REAL" instead of "$@"')
  const { programs = '' } = guides.given()
  const { stdout } = await promisify(execFile)('sh', ['-c', 'env echo x'], { env: { PATH: `${programs}:/usr/bin:/bin` } })
  expect(stdout).toBe('instead of x\n')
})
