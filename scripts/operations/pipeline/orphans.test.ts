import { expect, test } from 'vitest'
import type { LinodeAccount } from './linode-account.ts'
import { clearOrphans, orphans } from './orphans.ts'
import type { StateObjects } from './state-objects.ts'

function account(collections: Record<string, Record<string, unknown>[]>): LinodeAccount & { removed: string[] } {
  const removed: string[] = []
  return {
    removed,
    list: async (path) => Promise.resolve((collections[path] ?? []).filter(({ id }) => !removed.includes(`${path}/${String(id)}`))),
    read: async () => Promise.reject(new Error('not needed')),
    remove: async (path) => {
      removed.push(path)
      return Promise.resolve()
    },
  }
}

const since = new Date('2026-11-28T05:00:00Z')
const make = (type: string, label: string | undefined, address = `module.x.${type}.this`) => ({ address, type, label })

test('what the plan would make, and is there since the killed run, is found by its label; older or known objects are not', async () => {
  const linode = account({
    '/networking/firewalls': [{ id: 1, label: 'plumbline-nodes', created: '2026-11-28T05:01:00' }, { id: 2, label: 'plumbline-nodes', created: '2026-11-20T00:00:00' }, { id: 3, label: 'other', created: '2026-11-28T05:01:00' }],
    '/object-storage/keys': [{ id: 8, label: 'plumbline-verifier' }, { id: 9, label: 'plumbline-verifier' }],
  })
  const state: StateObjects = new Map([['k', { id: '9', type: 'linode_object_storage_key', digest: '' }]])
  const found = await orphans({ account: linode, state, since, plan: { makes: [make('linode_firewall', 'plumbline-nodes'), make('linode_object_storage_key', 'plumbline-verifier'), make('linode_unknown', 'x')] } })
  expect(found.map(({ path }) => path)).toEqual(['/networking/firewalls/1', '/object-storage/keys/8'])
})

test('a pool is known by its cluster and purpose', async () => {
  const linode = account({ '/lke/clusters/7/pools': [{ id: 1, labels: { 'plumbline.dev/purpose': 'production' } }, { id: 2, labels: { 'plumbline.dev/purpose': 'system' } }] })
  const state: StateObjects = new Map([['c', { id: '7', type: 'linode_lke_cluster', digest: '' }]])
  const plan = { makes: [make('linode_lke_node_pool', undefined, 'module.node_pool["production"].linode_lke_node_pool.this')] }
  expect(await orphans({ account: linode, state, since, plan })).toMatchObject([{ id: '1', path: '/lke/clusters/7/pools/1' }])
})

test('orphans are removed and waited for; a bucket is adopted, since what is in it cannot be made again', async () => {
  const linode = account({
    '/networking/firewalls': [{ id: 1, label: 'plumbline-nodes', created: '2026-11-28T05:01:00' }],
    '/object-storage/buckets': [{ label: 'plumbline-secrets', region: 'us-east' }],
  })
  const plan = { makes: [make('linode_firewall', 'plumbline-nodes'), make('linode_object_storage_bucket', 'plumbline-secrets', 'module.secrets_bucket.linode_object_storage_bucket.this')] }
  const adopted: string[] = []
  const found = await orphans({ account: linode, state: new Map(), since, plan })
  const cleaning = await clearOrphans(found, { account: linode, adopt: async (address, id) => { adopted.push(`${address} ${id}`); return Promise.resolve() } })
  expect(cleaning).toEqual({ removed: ['linode_firewall plumbline-nodes (1)'], adopted: ['linode_object_storage_bucket plumbline-secrets'] })
  expect(linode.removed).toEqual(['/networking/firewalls/1'])
  expect(adopted).toEqual(['module.secrets_bucket.linode_object_storage_bucket.this us-east:plumbline-secrets'])
})
