import { expect, test } from 'vitest'
import { readRunbook } from './runbooks.ts'

test('a link that leads to no runbook of this checkout is none', async () => {
  expect(await readRunbook('')).toBeUndefined()
  expect(await readRunbook('https://example.test/docs/runbooks/NoSuchAlert.md')).toBeUndefined()
  expect(await readRunbook('https://example.test/docs/runbooks/../../README.md')).toBeUndefined()
})
