import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { repository } from '../fixtures/sandbox/paths.ts'

test('the top level is exactly what design §2 says', () => {
  const entries = readdirSync(repository, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') || name === '.ci')
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name).toSorted()
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name).toSorted()
  expect(folders).toEqual(['.ci', 'docs', 'fixtures', 'policies', 'reports', 'scripts', 'suites', 'terraform'])
  expect(files).toEqual(['LICENSE', 'README.md', 'package-lock.json', 'package.json'])
})
