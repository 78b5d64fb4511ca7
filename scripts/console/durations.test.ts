import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { rememberedDurations } from './durations.ts'

const folder = mkdtempSync(join(tmpdir(), 'durations-'))
const file = join(folder, 'below', 'durations.json')
afterEach(() => rmSync(join(folder, 'below'), { recursive: true, force: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('remembers over processes', () => {
  rememberedDurations(file).remember('sandbox', 12.34)
  expect(rememberedDurations(file).last('sandbox')).toBe(12.3)
  expect(rememberedDurations(file).last('other')).toBeUndefined()
})

test('a damaged file is no estimate and no failure', () => {
  rememberedDurations(file).remember('sandbox', 1)
  writeFileSync(file, '{')
  expect(rememberedDurations(file).last('sandbox')).toBeUndefined()
  expect(() => rememberedDurations(join(file, 'below', 'a', 'file.json')).remember('sandbox', 1)).not.toThrow()
})
