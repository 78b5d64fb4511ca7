import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { isRequirementId } from '../../../suites/requirements/catalogue.ts'
import { policyReference } from './reference.ts'
import { policiesFolder, readRules } from './rules.ts'

const rules = await readRules()

test('the published reference is what the rules say about themselves', async () => {
  await expect(policyReference(rules)).toMatchFileSnapshot(join(repository, 'docs/reference/policies.md'))
})

test.each([['plan', 25], ['manifests', 25], ['pipeline', 15], ['state', 8]] as const)('there are rules of every room: %s, at least %d', (room, least) => {
  expect(rules.filter((rule) => rule.room === room).length).toBeGreaterThanOrEqual(least)
})

test('every rule belongs to requirements of the catalogue', () => {
  expect(rules.flatMap(({ id, requirements }) => requirements.filter((one) => !isRequirementId(one)).map((one) => `${id}: ${one}`))).toEqual([])
})

test('what a plan cannot know is discharged by a case that is there', async () => {
  const cases = new Set((await readdir(join(repository, 'suites'), { recursive: true })).filter((file) => file.endsWith('.test.ts')).map((file) => file.slice(0, -'.test.ts'.length)))
  expect(rules.filter(({ dischargedBy }) => dischargedBy !== undefined && !cases.has(dischargedBy)).map(({ id }) => id)).toEqual([])
})

test('every rule has its test beside it', async () => {
  const files = new Set(await readdir(policiesFolder, { recursive: true }))
  expect(rules.filter(({ id, name }) => !files.has(`${id}/${name}_test.rego`)).map(({ id }) => id)).toEqual([])
})

test('a rule that can be unknown says who looks afterwards, and no other does', async () => {
  const open = await Promise.all(rules.map(async ({ id, name, dischargedBy }) => {
    const text = await readFile(join(policiesFolder, id, `${name}.rego`), 'utf8')
    return text.includes('unknown contains') === (dischargedBy !== undefined) ? [] : [id]
  }))
  expect(open.flat()).toEqual([])
})
