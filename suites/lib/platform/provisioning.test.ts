import { expect, test } from 'vitest'
import { applied, newestVerdict, unjudged, type ProvisioningEvent } from './provisioning.ts'

const policy = { planDigest: 'sha256:a', denied: 0, waived: 0, unknown: 1, allowed: 9, open: [], policies: 'sha256:p' }

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

const event: ProvisioningEvent = {
  id: 'R', outcome: 'success', incremental: true, startedAt: '2026-11-28T09:00:00Z', finishedAt: '2026-11-28T09:01:00Z', durationMs: 1, stateSerial: 1, changes: null, planDigest: null, releases: [], phases: [],
  policy: { ...policy, findings: [] },
}

test('the newest run that succeeded and asked the policies counts', () => {
  const later = { ...event, id: 'S', finishedAt: '2026-11-28T09:02:00Z' }
  expect(newestVerdict([event, { ...later, outcome: 'failure' as const }, { ...later, policy: undefined }])).toEqual({
    run: 'R', finishedAt: event.finishedAt, policies: 'sha256:p', counts: { denied: 0, waived: 0, unknown: 1, allowed: 9 }, findings: [],
  })
})

test.each([
  [[], 'expected the event of a run that asked the policies, but there is none; run "plumbline provision"'],
  [[{ ...event, policy }], 'expected the event of the run R to tell what the policies could not know, but an older pipeline wrote it; run "plumbline provision"'],
])('what is not told is indeterminate', (events, message) => {
  expect(() => newestVerdict(events)).toThrow(message)
})
