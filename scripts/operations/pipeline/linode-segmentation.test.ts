import { expect, test } from 'vitest'
import { linodeSegmentation } from './linode-segmentation.ts'

const resource = (type: string, values: unknown) => ({ address: `${type}.this`, type, values })
const plan = (...resources: unknown[]) => JSON.stringify({ planned_values: { root_module: { child_modules: [{ resources }] } } })

test('firewalls keep their order, and lists are sorted', () => {
  const rule = (label: string) => ({ label, action: 'ACCEPT', protocol: 'TCP', ports: '53', ipv4: ['10.0.0.0/8'], ipv6: null })
  expect(linodeSegmentation(plan(
    resource('linode_firewall', { label: 'nodes', inbound_policy: 'DROP', outbound_policy: 'ACCEPT', inbound: [rule('b'), rule('a')], outbound: null }),
    resource('linode_lke_cluster', { control_plane: [{ acl: [{ enabled: true, addresses: [{ ipv4: ['2.0.0.0/8', '1.0.0.0/8'], ipv6: [] }] }] }] }),
    resource('linode_database_postgresql_v2', { allow_list: ['9.0.0.0/8', '10.0.0.0/8'] }),
  ))).toEqual({
    firewalls: [{ label: 'nodes', inboundPolicy: 'DROP', outboundPolicy: 'ACCEPT', rules: ['b', 'a'].map((label) => ({ direction: 'inbound', label, action: 'ACCEPT', protocol: 'TCP', ports: '53', addresses: ['10.0.0.0/8'] })) }],
    controlPlane: ['1.0.0.0/8', '2.0.0.0/8'],
    database: ['10.0.0.0/8', '9.0.0.0/8'],
  })
})

test.each([
  [{ control_plane: [{ acl: [{ enabled: false, addresses: [{ ipv4: ['1.0.0.0/8'] }] }] }] }],
  [{ control_plane: [{ acl: [] }] }],
])('an access list that is off lets everybody in: %j', (values) => {
  expect(linodeSegmentation(plan(resource('linode_lke_cluster', values))).controlPlane).toEqual(['everybody'])
})
