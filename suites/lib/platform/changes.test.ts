import { expect, test } from 'vitest'
import { approvalFaults, changeFaults, madeAt, type ChangeRecord, type Recoverable } from './changes.ts'

const run = { id: 'E', planDigest: 'sha256:p', releases: [{ name: 'ingress', action: 'upgraded' }] }
const record: ChangeRecord = {
  id: 'E', plan: { digest: 'sha256:p', diff: ['No changes'] }, segmentation: { digest: 'sha256:s' }, approval: { basis: 'unchanged', reference: 'baseline', approvers: [], reason: 'not needed' },
  recovery: { releases: [{ name: 'ingress', revision: 3, previous: 2 }], state: { key: 'k', versionId: 'v1' }, steps: [{ what: 'back', command: 'helm rollback ingress 2' }] },
}
const there: Recoverable = { releaseRecords: new Set(['sh.helm.release.v1.ingress.v2']), stateVersions: new Set(['v1']), segmentations: [{ at: '', basis: 'baseline', reference: 'baseline', digest: 'sha256:s' }] }
const signed = (name: string, keyid = name, digest = 'sha256:s') => ({ name, keyid, digest })

test('a record that holds what it must has no faults', () => {
  expect(changeFaults(run, record, there)).toEqual([])
})

test.each([
  ['no record', undefined, there, 'but there is no such record'],
  ['another plan', { ...record, plan: { ...record.plan, digest: 'sha256:q' } }, there, 'but it holds sha256:q'],
  ['no steps', { ...record, recovery: { ...record.recovery, steps: [] } }, there, 'to have steps with commands'],
  ['a release left out', { ...record, recovery: { ...record.recovery, releases: [] } }, there, 'to name the release ingress'],
  ['a missing revision', record, { ...there, releaseRecords: new Set<string>() }, 'expected revision 2 of the release ingress'],
  ['a missing version', record, { ...there, stateVersions: new Set<string>() }, 'expected version v1 of the state'],
  ['a segmentation that is not recorded', record, { ...there, segmentations: [] }, 'to be recorded below segmentation/'],
])('%s is a fault', (_, given, world, said) => {
  expect(changeFaults(run, given, world)).toEqual([expect.stringContaining(said)])
})

test.each([
  ['nobody', [], 'nobody has'],
  ['the author', [signed('engineer')], 'only engineer has'],
  ['the author under another name', [signed('twin', 'engineer')], 'only twin has'],
])('an approval by %s does not count', (_, approvals, said) => {
  expect(approvalFaults('the change', 'sha256:s', { request: signed('engineer'), approvals })).toEqual([expect.stringContaining(said)])
})

test('an approval by somebody else counts, for what was asked alone', () => {
  expect(approvalFaults('the change', 'sha256:s', { request: signed('engineer'), approvals: [signed('reviewer')] })).toEqual([])
  expect(approvalFaults('the change', 'sha256:t', { request: signed('engineer'), approvals: [signed('reviewer')] })).toHaveLength(2)
  expect(approvalFaults('the change', 'sha256:s', { request: undefined, approvals: [] })).toEqual(['expected the change to have been asked for, but there is no such request'])
})

test('a record says when it was made by its key', () => {
  expect(madeAt('changes/20261128T084942512Z-01M8GNH4KGWBX09RE64Z632G2S.json')?.toISOString()).toBe('2026-11-28T08:49:42.512Z')
  expect(madeAt('approvals/01M8GQBPSXXH7G62WYFPKGX5KV/request.json')?.toISOString()).toBe('2026-11-28T09:21:41.693Z')
  expect(madeAt('conformance/one.json')).toBeUndefined()
})
