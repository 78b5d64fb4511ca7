import { expect, test } from 'vitest'
import { helmLook } from './helm-layer.ts'
import { looked } from './layer.ts'
import { eventsIn, ownerBy } from './linode-events.ts'
import { linodeKinds, poolKind } from './linode-kinds.ts'
import { linodeLook, listPlatform } from './linode-layer.ts'
import type { LinodeObject } from './linode-api.ts'
import type { PlannedChange } from './plan.ts'
import type { HelmRecord } from './release-records.ts'
import { terraformLook } from './terraform-layer.ts'

const unknown = () => 'unknown'
const planned = (more: Partial<PlannedChange>): PlannedChange => ({ address: 'module.f.linode_firewall.this', type: 'linode_firewall', id: '300001', how: 'changed', attributes: ['inbound_policy', 'tags'], ...more })

test('a layer that cannot be looked at says why and is not clean', async () => {
  const { layer, findings } = await looked('linode', () => Promise.reject(new Error('no answer\nat all')))
  expect(layer).toMatchObject({ layer: 'linode', compared: 0, problem: 'no answer' })
  expect(findings).toEqual([])
  await expect(looked('linode', () => Promise.reject(new Error('stopped')), AbortSignal.abort(new Error('interrupted')))).rejects.toThrow('interrupted')
})

test('Terraform\'s findings name resource, attributes, who did it and the remedy', () => {
  const events = eventsIn([
    { id: 2, action: 'firewall_rules_update', created: '2026-11-28T05:00:00', username: 'mallory', entity: { id: 300001, type: 'firewall' } },
    { id: 1, action: 'firewall_create', created: '2026-11-28T04:00:00', username: 'pipeline', entity: { id: 300001, type: 'firewall' } },
    { id: 3, action: 'firewall_apply', created: '2026-11-28T05:00:01', username: null, entity: { id: 300001, type: 'firewall' } },
    { odd: true },
  ])
  const { compared, findings } = terraformLook({ managed: [{ address: 'a', type: 't', values: {} }], changes: [planned({})], outputs: ['firewall'] }, ownerBy(events))
  expect(compared).toBe(1)
  expect(findings).toEqual([{
    kind: 'linode_firewall', name: 'module.f.linode_firewall.this', how: 'changed', detail: 'inbound_policy, tags', owner: 'mallory (firewall_rules_update, 2026-11-28T05:00:00Z)', remedy: '`npx plumbline provision`',
  }])
})

test('what was deleted is missing and counted; what the checkout leaves alone has another remedy; outputs speak when nothing else does', () => {
  const look = terraformLook({ managed: [], changes: [planned({ how: 'deleted', attributes: [] }), planned({ how: 'changed, and not set by the checkout', attributes: ['disabled'] })], outputs: [] }, unknown)
  expect(look.compared).toBe(1)
  expect(look.findings.map(({ how, detail }) => [how, detail])).toEqual([['missing', 'deleted on Linode, and still in the state'], ['changed', 'disabled, which terraform/ does not set']])
  expect(look.findings[1]?.remedy).toContain('`npx plumbline provision` leaves what terraform/ does not set')
  expect(terraformLook({ managed: [], changes: [], outputs: ['audit'] }, unknown).findings).toMatchObject([{ kind: 'output', name: 'audit', how: 'changed' }])
})

const account: Readonly<Record<string, LinodeObject[]>> = {
  '/lke/clusters': [{ id: 100001, label: 'plumbline', tags: ['platform:plumbline'] }, { id: 5, label: 'somebody-elses', tags: [] }],
  '/lke/clusters/100001/pools': [{ id: 1, tags: [] }, { id: 2, tags: [] }, { id: 3, tags: [] }],
  '/networking/firewalls': [{ id: 300001, label: 'plumbline-nodes', tags: [] }, { id: 300002, label: 'other', tags: ['platform:plumbline'] }, { id: 300003, label: 'plumblines' }],
  '/linode/instances': [{ id: 60000001, label: 'plumbline-node', lke_cluster_id: 100001 }, { id: 60000002, label: 'plumbline-shell', lke_cluster_id: null }],
  '/object-storage/buckets': [{ label: 'plumbline-state', region: 'us-east' }, { label: 'plumbline-old', region: 'us-east' }],
}
const lists = { list: (path: string) => Promise.resolve(account[path] ?? []), first: () => Promise.resolve([]) }

test('what carries the platform\'s name and is in no state is named, with the command that deletes it', async () => {
  const managed = [
    { address: 'c', type: 'linode_lke_cluster', values: { id: '100001', label: 'plumbline', pool: [{ id: 1 }] } },
    { address: 'p', type: 'linode_lke_node_pool', values: { id: '2' } },
    { address: 'f', type: 'linode_firewall', values: { id: '300001', label: 'plumbline-nodes' } },
    { address: 'b', type: 'linode_object_storage_bucket', values: { id: 'us-east:plumbline-state', label: 'plumbline-state' } },
  ]
  const { compared, findings } = linodeLook(await listPlatform(lists, 'plumbline'), managed, (entity, id) => `${entity ?? ''}/${id ?? ''}`)
  expect(compared).toBe(9)
  expect(findings.map(({ kind, name, owner }) => [kind, name, owner])).toEqual([
    ['firewall', 'other (300002)', 'firewall/300002'],
    ['bucket', 'plumbline-old (us-east)', '/'],
    ['machine', 'plumbline-shell (60000002)', 'linode/60000002'],
    ['node pool', ' (3)'.trim(), 'lkenodepool/3'],
  ])
  expect(findings[0]?.remedy).toBe('`curl --fail --request DELETE --header "Authorization: Bearer $LINODE_TOKEN" "${LINODE_URL:-https://api.linode.com}/v4/networking/firewalls/300002"`')
  expect(findings[1]?.remedy).toContain('/v4/object-storage/buckets/us-east/plumbline-old"')
})

test('every kind is told apart by what its list gives', () => {
  expect([...linodeKinds, poolKind('7')].map((kind) => kind.pathOf({ id: 1, label: 'l', region: 'r' }))).toEqual([
    '/lke/clusters/1', '/networking/firewalls/1', '/databases/postgresql/instances/1', '/object-storage/keys/1', '/profile/tokens/1', '/object-storage/buckets/r/l',
    '/linode/instances/1', '/nodebalancers/1', '/vpcs/1', '/lke/clusters/7/pools/1',
  ])
})

const secret = { metadata: { managedFields: [{ manager: 'helm', operation: 'Update', time: '2026-11-28T05:00:00Z' }] } }
const record = (name: string, more: Partial<HelmRecord> = {}): [string, HelmRecord] => [name, { name, revision: 3, status: 'deployed', description: `sha256:${name}`, config: {}, secret, ...more }]
const rendered = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, manifest: '', digest: `sha256:${name}` }))

test('releases are missing, not deployed, not the pipeline\'s, not what the checkout renders, or nobody\'s', () => {
  const records = new Map([
    record('a'), record('b', { status: 'failed' }), record('c', { description: 'Rollback to 2' }), record('d', { description: 'sha256:other' }), record('stowaway'),
  ])
  const { compared, findings } = helmLook(rendered, records, 'kube-system')
  expect(compared).toBe(6)
  expect(findings.map(({ name, how, detail }) => [name, how, detail])).toEqual([
    ['b', 'changed', 'revision 3 is failed, expected deployed'],
    ['c', 'changed', 'revision 3 was not made by the pipeline (Rollback to 2)'],
    ['d', 'changed', 'revision 3 has other manifests than the checkout would render'],
    ['e', 'missing', 'Helm has no record of it'],
    ['stowaway', 'unmanaged', 'no release of terraform/releases.yaml'],
  ])
  expect(findings.map(({ owner }) => owner)).toEqual([...Array.from({ length: 3 }, () => 'helm (Update, 2026-11-28T05:00:00Z)'), 'unknown', 'helm (Update, 2026-11-28T05:00:00Z)'])
  expect(findings.at(-1)?.remedy).toBe('`helm uninstall stowaway --namespace kube-system`')
})
