import { expect, test } from 'vitest'
import { faultsOf } from './override-faults.ts'
import { approvedSpec, type OverridePolicy, type OverrideRecord } from './overrides.ts'

const id = '01KB4W6XQ4V8E9T3F2Y7Z5C1DA'
const digest = 'sha256:1'
const request = { id, kind: 'override', author: 'engineer', digest, details: { from: 'staging', to: 'production', port: 8080, protocol: 'TCP', fromPods: { app: 'a' }, toPods: {}, minutes: 5 } }
const record: OverrideRecord = { keys: [], request, approvals: [{ request: id, digest, approver: 'reviewer', approvedAt: '2026-01-31T11:55:00Z' }], notes: [] }
const now = new Date('2026-01-31T12:00:00Z')
const policy: OverridePolicy = { namespace: 'production', name: 'o', label: id.toLowerCase(), approval: id, expiresAt: '2026-01-31T12:00:00Z', spec: approvedSpec(request, 'production') }
const faults = (over: Partial<OverridePolicy>, known: OverrideRecord = record) =>
  faultsOf({ policy: { ...policy, ...over }, record: known, approved: known.request === undefined ? undefined : approvedSpec(known.request, over.namespace ?? policy.namespace) }, now)

test('what was approved by somebody else and has an end is faultless, on both sides', () => {
  expect(faults({})).toEqual([])
  expect(faults({ namespace: 'staging', spec: approvedSpec(request, 'staging') })).toEqual([])
})

test('an end that is missing or has passed is named', () => {
  expect(faults({ expiresAt: undefined })).toEqual(['expected override o@production to have an end in plumbline.dev/expires-at, but it has none'])
  expect(faults({ expiresAt: '2026-01-31T11:59:50Z' })).toEqual([])
  expect(faults({ expiresAt: '2026-01-31T11:59:49Z' })[0]).toContain('to be gone 10 s after its end, but it is there 11 s after it')
})

test('what nobody else approved, what was never asked for, and what is wider is named', () => {
  expect(faults({}, { ...record, approvals: [] })[0]).toContain('to be approved by somebody else than engineer')
  expect(faults({}, { ...record, approvals: record.approvals.map((one) => ({ ...one, approver: 'engineer' })) })[0]).toContain('nobody has approved it')
  expect(faults({}, { ...record, request: undefined })).toEqual([`expected the approval of override o@production in the audit bucket, but there is no request ${id}`])
  expect(faults({ spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] } })[0]).toContain(`to open exactly what its request ${id} asked for, but it is another`)
  expect(faults({ namespace: 'system' })[0]).toContain('but it is another')
})
