import { expect, test } from 'vitest'
import { describePlan, summarise } from './plan-summary.ts'

const change = (address: string, actions: string[], mode = 'managed') => ({ address, mode, change: { actions, after: { password: 'x' } } })

test('changes are counted and told, what destroys first, and nothing of their values', () => {
  const summary = summarise(JSON.stringify({ resource_changes: [
    change('a.new', ['create']), change('b.same', ['no-op']), change('c.changed', ['update']),
    change('d.replaced', ['delete', 'create']), change('e.gone', ['delete']), change('data.read', ['read'], 'data'),
  ] }))
  expect(summary.counts).toEqual({ create: 1, update: 1, replace: 1, delete: 1 })
  expect(describePlan(summary)).toEqual(['1 to create, 1 to update, 1 to replace, 1 to delete', '- e.gone', '± d.replaced', '~ c.changed', '+ a.new'])
  expect(JSON.stringify(summary)).not.toContain('password')
})

test('a plan without changes says so', () => {
  expect(describePlan(summarise('{"resource_changes":[]}'))).toEqual(['No changes: the infrastructure is as the file says.'])
  expect(describePlan(summarise('{}'))).toEqual(['No changes: the infrastructure is as the file says.'])
})

test('what is made is known by its type and label, where it has one', () => {
  const made = (address: string, after: object) => ({ address, mode: 'managed', type: address.split('.')[0], change: { actions: ['create'], after } })
  expect(summarise(JSON.stringify({ resource_changes: [made('linode_firewall.a', { label: 'nodes' }), made('linode_lke_node_pool.b', { label: null })] })).makes).toEqual([
    { address: 'linode_firewall.a', type: 'linode_firewall', label: 'nodes' }, { address: 'linode_lke_node_pool.b', type: 'linode_lke_node_pool', label: undefined },
  ])
})
