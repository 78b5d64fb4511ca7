import { expect, test } from 'vitest'
import type { Plan } from '../pipeline/terraform.ts'
import { begunOf, begunRecordSchema, changeOf, changeOfKilled, changeRecordSchema } from './change-record.ts'
import type { Applied } from './change-record.ts'
import { changeLine, changeLines } from './tell.ts'

const plan: Plan = {
  digest: 'sha256:p', changes: true, segmentation: { firewalls: [], controlPlane: [], database: [] },
  summary: { counts: { create: 0, update: 1, replace: 0, delete: 0 }, changes: [{ address: 'module.database.linode_database_postgresql_v2.this', action: 'update' }], makes: [] },
}
const decision: Applied['decision'] = {
  basis: 'approved', reference: 'R', approvers: ['reviewer'], reason: 'approved by reviewer: payments', differences: ['+ data store: allow connections from 192.0.2.0/24 (allow list)'], digest: 'sha256:s',
  segmentation: { schemaVersion: '1.0.0', policies: [], linode: plan.segmentation },
}
const releases: Applied['releases'] = [
  { name: 'environment-staging', revision: 4, action: 'upgraded', before: 3, reason: 'its manifests changed' },
  { name: 'overrides', revision: 1, action: 'installed' },
  { name: 'guardrails', revision: 2, action: 'unchanged' },
]
const event = { id: 'E', target: 'sandbox', actor: 'me', startedAt: '2026-11-28T06:00:00.000Z', finishedAt: '2026-11-28T06:01:00.000Z', outcome: 'success' } as const
const applied: Applied = { plan, decision, releases, records: 'kube-system', stateBefore: { bucket: 'plumbline-state', key: 'platform/terraform.tfstate', versionId: 'v7' } }

test('an apply says how to go back: releases in the opposite order, then the infrastructure, then the state', () => {
  const record = changeRecordSchema.parse(changeOf(event, applied))
  expect(record.recovery.releases).toEqual([{ name: 'environment-staging', revision: 4, previous: 3 }, { name: 'overrides', revision: 1, previous: null }])
  expect(record.recovery.steps.map(({ command }) => command)).toEqual([
    'helm uninstall overrides --namespace kube-system --wait',
    'helm rollback environment-staging 3 --namespace kube-system --server-side=true --force-conflicts --wait',
    'npx plumbline provision',
    'aws s3api copy-object --bucket plumbline-state --key platform/terraform.tfstate --copy-source \'plumbline-state/platform/terraform.tfstate?versionId=v7\'',
  ])
})

test('an apply is printed with its plan, its approval and the way back', () => {
  const record = changeOf(event, applied)
  expect(changeLine(record)).toBe('E  2026-11-28T06:01:00.000Z  me  success: 0 to create, 1 to update, 0 to replace, 0 to delete; 2 releases changed; approval approved by reviewer: payments')
  expect(changeLines(record)).toEqual(expect.arrayContaining([
    '  ~ module.database.linode_database_postgresql_v2.this', '  ~ release environment-staging, revision 4: its manifests changed', '  + data store: allow connections from 192.0.2.0/24 (allow list)',
    'Approval approved by reviewer: payments (reference R)', 'State before: version v7 of plumbline-state/platform/terraform.tfstate', '  2. bring back revision 3 of the release environment-staging',
  ]))
})

test('what nobody approved is no apply', () => {
  expect(() => changeOf(event, { ...applied, decision: { ...decision, basis: 'not approved' } })).toThrow('was not expected to be applied')
})

test('a run that is killed while it applies has left what it was about to do, and the next one makes its record of that', () => {
  const begun = begunRecordSchema.parse(begunOf(event, applied))
  const record = changeRecordSchema.parse(changeOfKilled(begun, { finishedAt: '2026-11-28T07:00:00.000Z' }))
  expect(record).toMatchObject({ id: 'E', outcome: 'interrupted', finishedAt: '2026-11-28T07:00:00.000Z', plan: { digest: 'sha256:p' }, approval: { approvers: ['reviewer'] }, recovery: { state: { versionId: 'v7' } } })
  expect(record.recovery.steps.map(({ command }) => command)).toContain('npx plumbline provision')
})
