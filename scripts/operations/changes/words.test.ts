import { expect, test } from 'vitest'
import { digestOf, policiesAmong } from './segmentation.ts'
import type { Segmentation } from './segmentation.ts'
import { differenceInWords } from './words.ts'

const policy = (spec: unknown, name = 'allow-web') => ({ kind: 'NetworkPolicy', namespace: 'staging', name, spec })
const linode: Segmentation['linode'] = {
  firewalls: [{ label: 'nodes', inboundPolicy: 'DROP', outboundPolicy: 'ACCEPT', rules: [{ direction: 'inbound', label: 'kubelet', action: 'ACCEPT', protocol: 'TCP', ports: '10250', addresses: ['192.168.128.0/17'] }] }],
  controlPlane: ['127.0.0.1/32'],
  database: ['10.244.0.0/16'],
}
const base: Segmentation = { schemaVersion: '1.0.0', linode, policies: [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'default-deny')] }
const production = { matchLabels: { 'kubernetes.io/metadata.name': 'production' } }

test('what comes and what goes is said so that a person can judge it', () => {
  const web = policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: production }], ports: [{ protocol: 'TCP', port: 8080 }] }] })
  expect(differenceInWords(base, { ...base, policies: [...base.policies, web] })).toEqual([
    '+ staging: allow ingress of all pods from all pods of production on TCP/8080 (policy staging/allow-web)',
  ])
  expect(differenceInWords(base, { ...base, policies: [] })).toEqual([
    '- staging: deny egress of all pods that nothing else allows (policy staging/default-deny)',
    '- staging: deny ingress of all pods that nothing else allows (policy staging/default-deny)',
  ])
})

test('firewall rules, the access list and the allow list are in it', () => {
  const [firewall] = linode.firewalls
  if (firewall === undefined) throw new Error('no firewall')
  const open = { ...linode, controlPlane: ['everybody'], database: [...linode.database, '0.0.0.0/0'], firewalls: [{ ...firewall, inboundPolicy: 'ACCEPT', rules: [] }] }
  expect(differenceInWords(base, { ...base, linode: open })).toEqual([
    '- control plane: allow 127.0.0.1/32 to the API server (access list)',
    '+ control plane: allow everybody to the API server (access list)',
    '+ data store: allow connections from 0.0.0.0/0 (allow list)',
    '- firewall nodes: ACCEPT inbound TCP/10250 from 192.168.128.0/17 (rule kubelet)',
    '+ firewall nodes: ACCEPT inbound and ACCEPT outbound traffic that no rule names',
    '- firewall nodes: DROP inbound and ACCEPT outbound traffic that no rule names',
  ])
})

test('a rule to everywhere, a symbol, a selector and a range of ports are spoken', () => {
  const spec = {
    podSelector: { matchLabels: { app: 'importer' } }, policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.1/32' } }], ports: [{ port: 6443 }] }, { ports: [{ protocol: 'UDP', port: 1, endPort: 9 }] }],
  }
  expect(differenceInWords(base, { ...base, policies: [...base.policies, policy(spec)] })).toEqual([
    '+ staging: allow egress of pods with app=importer to everywhere on UDP/1-9 (policy staging/allow-web)',
    '+ staging: allow egress of pods with app=importer to the API server on TCP/6443 (policy staging/allow-web)',
  ])
})

test('a change that the words do not tell apart is shown as it is', () => {
  const one = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], extra: 1 }, 'default-deny')
  expect(differenceInWords(base, { ...base, policies: [one] })[0]).toMatch(/^~ \(policy staging\/default-deny\): \{"extra":1,/)
  expect(digestOf({ ...base, policies: [one] })).not.toBe(digestOf(base))
})

test('references, labels and notes of a policy are not part of it, and the engine\'s own kinds are', () => {
  const object = { kind: 'NetworkPolicy', metadata: { name: 'a', namespace: 'staging', annotations: { 'plumbline.dev/approval': 'x' } }, spec: { podSelector: {} } }
  expect(policiesAmong([object, { kind: 'Secret', metadata: { name: 's' } }, { kind: 'GlobalNetworkPolicy', metadata: { name: 'g' }, spec: {} }])).toEqual([
    { kind: 'NetworkPolicy', namespace: 'staging', name: 'a', spec: { podSelector: {} } },
    { kind: 'GlobalNetworkPolicy', namespace: '', name: 'g', spec: {} },
  ])
})
