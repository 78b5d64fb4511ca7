import { expect, test } from 'vitest'
import { exitCodeOfDrills } from './announce.ts'

test.each([
  ['a selection whose drills were all satisfied did what it was asked', 4, ['satisfied', 'satisfied'], 0],
  ['one that was not held is not there', 4, ['satisfied', 'not-run'], 4],
  ['a violated one is said', 1, ['violated', 'satisfied'], 1],
  ['one that could not be decided too', 3, ['indeterminate'], 3],
  ['and what a run left behind', 5, ['satisfied'], 5],
])('%s', (_, exitCode, verdicts, expected) => {
  expect(exitCodeOfDrills({ exitCode }, verdicts)).toBe(expected)
})
