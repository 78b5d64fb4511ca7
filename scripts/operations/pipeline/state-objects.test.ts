import { expect, test } from 'vitest'
import { difference, readState } from './state-objects.ts'

const pool = (key: string, attributes: object) => ({ module: `module.node_pool["${key}"]`, mode: 'managed', type: 'linode_lke_node_pool', name: 'this', instances: [{ attributes }] })
const stateOf = (...resources: object[]) => readState(JSON.stringify({ serial: 7, lineage: 'l', resources }))
const objectsOf = (...resources: object[]) => stateOf(...resources)?.objects ?? new Map<string, never>()

test('a state is its serial, lineage, and what it holds by address; buckets and data sources do not count', () => {
  const state = stateOf(
    pool('production', { id: '7', token: 'secret' }),
    { mode: 'data', type: 'linode_region', name: 'this', instances: [{ attributes: { id: 'us-east' } }] },
    { module: 'module.state_bucket', mode: 'managed', type: 'linode_object_storage_bucket', name: 'this', instances: [{ attributes: { id: 'us-east:state' } }] },
    { module: 'module.pool_firewall[0]', mode: 'managed', type: 'linode_firewall', name: 'this', instances: [{ index_key: 0, attributes: { id: 12 } }] },
  )
  expect(state?.identity).toEqual({ serial: 7, lineage: 'l', resources: 2 })
  expect([...state?.objects ?? []].map(([address, { id }]) => [address, id])).toEqual([
    ['module.node_pool["production"].linode_lke_node_pool.this', '7'],
    ['module.state_bucket.linode_object_storage_bucket.this', 'us-east:state'],
    ['module.pool_firewall[0].linode_firewall.this[0]', '12'],
  ])
  expect(JSON.stringify([...state?.objects ?? []])).not.toContain('secret')
})

test('no state is none', () => {
  expect(readState('\n')).toBeUndefined()
})

test('what a run made and what it changed is told apart; what it had not planned is somebody else\'s', () => {
  const address = (key: string) => `module.node_pool["${key}"].linode_lke_node_pool.this`
  const before = objectsOf(pool('kept', { id: '1' }), pool('updated', { id: '2', count: 1 }), pool('gone', { id: '3' }))
  const now = objectsOf(pool('kept', { id: '1', status: 'ready' }), pool('updated', { id: '2', count: 5 }), pool('new', { id: '4' }), pool('foreign', { id: '5' }))
  const planned = [
    { address: address('new'), action: 'create' }, { address: address('never-made'), action: 'create' },
    { address: address('updated'), action: 'update' }, { address: address('gone'), action: 'delete' },
  ] as const
  expect(difference(before, now, planned)).toEqual({ made: [address('new')], changed: [address('updated'), address('gone')] })
})

test('a bucket that a run made is never to be destroyed', () => {
  const bucket = { module: 'module.secrets_bucket', mode: 'managed', type: 'linode_object_storage_bucket', name: 'this', instances: [{ attributes: { id: 'us-east:secrets' } }] }
  expect(difference(new Map(), objectsOf(bucket), [{ address: 'module.secrets_bucket.linode_object_storage_bucket.this', action: 'create' }]).made).toEqual([])
})

test('what is left out of a digest may change', () => {
  const digest = (attributes: object) => readState(JSON.stringify({ serial: 7, lineage: 'l', resources: [pool('a', attributes)] }), new Set(['updated']))?.objects.values().next().value?.digest
  expect(digest({ id: '1', updated: 'now' })).toBe(digest({ id: '1', updated: 'then' }))
  expect(digest({ id: '1', count: 1 })).not.toBe(digest({ id: '1', count: 2 }))
})
