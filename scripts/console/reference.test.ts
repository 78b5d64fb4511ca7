import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../fixtures/sandbox/paths.ts'
import { verbs } from '../verbs.ts'
import { commandReference } from './reference.ts'

test('the published reference is what the commands say about themselves', async () => {
  await expect(commandReference(verbs)).toMatchFileSnapshot(join(repository, 'docs/reference/commands.md'))
})

test('every verb has a name of its own and says what it does in a sentence', () => {
  expect(new Set(verbs.map(({ name }) => name)).size).toBe(verbs.length)
  for (const { name, description } of verbs) expect(description, name).toMatch(/^[A-Z].{20,}\.$/s)
})
