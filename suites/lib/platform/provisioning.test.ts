import { expect, test } from 'vitest'
import { applied, unjudged } from './provisioning.ts'

const policy = { planDigest: 'sha256:a', denied: 0, waived: 0, unknown: 1, allowed: 9, open: [] }

test('a run applied something when Terraform or a release changed', () => {
  expect(applied({ changes: { create: 0 }, releases: [{ name: 'a', action: 'unchanged' }] })).toBe(false)
  expect(applied({ changes: null, releases: [{ name: 'a', action: 'upgraded' }] })).toBe(true)
  expect(applied({ changes: { create: 1 }, releases: [] })).toBe(true)
})

test.each([
  [policy, []],
  [undefined, ['the run R applied something, and its event has no verdict of the policies']],
  [{ ...policy, denied: 2 }, ['the run R applied something although the policies denied it 2 times']],
  [{ ...policy, planDigest: 'sha256:b' }, ['the run R applied the plan sha256:a, but the policies judged sha256:b']],
  [{ ...policy, unknown: 0, allowed: 0 }, ['the policies looked at nothing in the run R']],
])('a verdict of %j', (verdict, faults) => {
  expect(unjudged({ id: 'R', planDigest: 'sha256:a', policy: verdict })).toEqual(faults)
})
