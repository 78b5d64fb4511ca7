import { expect, test } from 'vitest'
import { UsageFailure } from '../../console/failure.ts'
import { grantOf, lifetimeOf, personOf } from './profiles.ts'

const good = { person: 'ann', environment: 'staging', profile: 'viewer' }

test('a grant is one person, one environment and one profile', () => {
  expect(grantOf(good)).toEqual(good)
  expect(() => grantOf({ ...good, environment: 'stagging' })).toThrow('--environment is "stagging": expected one of development, staging, production, system. Did you mean staging?')
  expect(() => grantOf({ ...good, environment: undefined })).toThrow('No --environment was given: expected one of development, staging, production, system.')
  expect(() => grantOf({ ...good, profile: 'admin' })).toThrow(UsageFailure)
  expect(() => grantOf({ ...good, profile: 'platform-sre' })).toThrow('The profile platform-sre is issued to nobody: ask for it with `npx plumbline access break-glass request')
})

test.each(['Ann', 'ann_smith', '-ann', 'ann-', '', 'a'.repeat(51)])('%j is no name of a person', (name) => {
  expect(() => personOf(name)).toThrow(`--person is ${JSON.stringify(name)}: expected a name of at most 50 lower-case letters, digits and hyphens, such as ann-smith.`)
})

test.each([[undefined, 28_800], ['1', 3600], ['12', 43_200], ['0.5', 1800]])('%s hours are %d seconds', (hours, seconds) => {
  expect(lifetimeOf(hours)).toBe(seconds)
})

test.each(['12.1', '0', '0.1', '-1', 'long', 'NaN'])('%s hours are refused', (hours) => {
  expect(() => lifetimeOf(hours)).toThrow(`--hours is ${JSON.stringify(hours)}: expected a number of hours up to 12`)
})
