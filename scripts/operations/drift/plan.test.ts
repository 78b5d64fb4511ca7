import { expect, test } from 'vitest'
import { readPlan, settableBy, tellsOfUnset } from './plan.ts'

const change = (actions: string[], before: unknown, after: unknown, unknown: unknown = {}) => ({ actions, before, after, after_unknown: unknown })
const resource = (address: string, type: string, changed: object) => ({ address, mode: 'managed', type, change: changed })
const plan = (parts: object) => JSON.stringify({ format_version: '1.2', ...parts })
const everything = () => true

test('what was changed on Linode is named by its attributes', () => {
  const text = plan({
    resource_changes: [
      resource('linode_firewall.this', 'linode_firewall', change(['update'], { id: '300001', inbound_policy: 'ACCEPT' }, { id: '300001', inbound_policy: 'DROP' })),
      resource('linode_lke_cluster.this', 'linode_lke_cluster', change(['no-op'], { id: '1' }, { id: '1' })),
      { ...resource('data.linode_region.this', 'linode_region', change(['read'], null, { id: 'x' })), mode: 'data' },
    ],
    output_changes: { firewall: { actions: ['update'] }, cluster: { actions: ['no-op'] } },
  })
  expect(readPlan(text, everything)).toEqual({
    managed: [], outputs: ['firewall'],
    changes: [{ address: 'linode_firewall.this', type: 'linode_firewall', id: '300001', how: 'changed', attributes: ['inbound_policy'] }],
  })
})

test('what was deleted is told from what was never made and from what the checkout describes no longer', () => {
  const text = plan({
    resource_changes: [
      resource('a', 'linode_token', change(['create'], null, { label: 'a' })), resource('b', 'linode_token', change(['create'], null, { label: 'b' })), resource('c', 'linode_token', change(['delete'], { id: 3 }, null)),
    ],
    resource_drift: [resource('a', 'linode_token', change(['delete'], { id: '950001', token: 'secret' }, null))],
  })
  expect(readPlan(text, everything).changes.map(({ address, id, how }) => [address, id, how])).toEqual([['a', '950001', 'deleted'], ['b', undefined, 'never made'], ['c', '3', 'no longer described']])
})

test('what changes only because another object will be made anew is no drift', () => {
  const text = plan({ resource_changes: [resource('pool', 'linode_lke_node_pool', change(['update'], { id: '1', firewall_id: 7 }, { id: '1' }, { firewall_id: true }))] })
  expect(readPlan(text, everything).changes).toEqual([])
})

test('what the checkout does not set is drift when people can set it, and Linode\'s own doing when nobody can', () => {
  const block = {
    attributes: { disabled: { optional: true, computed: true }, updated: { computed: true } },
    block_types: { pool: { block: { attributes: { nodes: { computed: true }, count: { required: true } } } } },
  }
  const settable = settableBy(JSON.stringify({ provider_schemas: { linode: { resource_schemas: { linode_firewall: { block } } } } }))
  const before = { id: '1', disabled: false, updated: 'then', pool: [{ nodes: [{ status: 'a' }], count: 1 }] }
  const drifted = (after: object) => plan({
    resource_changes: [resource('f', 'linode_firewall', change(['no-op'], before, before))],
    resource_drift: [resource('f', 'linode_firewall', change(['update'], before, { ...before, ...after }))],
  })
  const grown = drifted({ updated: 'now', pool: [{ nodes: [{ status: 'b' }], count: 1 }] })
  expect(tellsOfUnset(grown)).toBe(true)
  expect(readPlan(grown, settable).changes).toEqual([])
  const switched = drifted({ updated: 'now', disabled: true, pool: [{ nodes: [{ status: 'a' }], count: 2 }] })
  expect(readPlan(switched, settable).changes).toEqual([{ address: 'f', type: 'linode_firewall', id: '1', how: 'changed, and not set by the checkout', attributes: ['disabled', 'pool[0].count'] }])
})

test('the refreshed state says what is managed, modules included, data sources not', () => {
  const text = plan({
    prior_state: { values: { root_module: {
      resources: [{ address: 'data.x', mode: 'data', type: 'linode_region' }],
      child_modules: [{ resources: [{ address: 'module.a.linode_token.this', mode: 'managed', type: 'linode_token', values: { id: '9' } }] }],
    } } },
  })
  expect(readPlan(text, everything).managed).toEqual([{ address: 'module.a.linode_token.this', type: 'linode_token', values: { id: '9' } }])
})

test('the machines that LKE puts behind the firewall are its own doing, as long as they are all of the pools\' machines', () => {
  const pools = [
    { address: 'c', mode: 'managed', type: 'linode_lke_cluster', values: { pool: [{ nodes: [{ instance_id: 1 }] }] } },
    { address: 'p', mode: 'managed', type: 'linode_lke_node_pool', values: { nodes: [{ instance_id: 2 }] } },
  ]
  const behind = (linodes: number[]) => readPlan(plan({
    resource_drift: [resource('f', 'linode_firewall', change(['update'], { id: '1', linodes: [] }, { id: '1', linodes }))],
    prior_state: { values: { root_module: { resources: pools } } },
  }), everything).changes.map(({ attributes }) => attributes)
  expect(behind([2, 1])).toEqual([])
  expect(behind([1])).toEqual([['linodes']])
  expect(behind([1, 2, 3])).toEqual([['linodes']])
})
