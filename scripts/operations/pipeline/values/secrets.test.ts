import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { helm } from '../helm.ts'
import { objectsOf } from '../release-drift.ts'
import { secretsValues } from './secrets.ts'

const sources = { approval: 'change-7', controlPlane: { addresses: ['10.99.0.1', '2001:db8::1'], port: 6443 } }
const objects = async () => objectsOf((await helm({ records: 'kube-system' }).render('secrets', join(repository, 'terraform/charts/secrets'), secretsValues(sources))).manifest)

test('the chart takes the values and makes exactly these objects', async () => {
  expect((await objects()).map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
    'ClusterRole/plumbline-verifier-sealed-secrets',
    'ClusterRole/sealed-secrets',
    'ClusterRole/sealed-secrets-unsealer',
    'ClusterRoleBinding/plumbline-verifier-sealed-secrets',
    'ClusterRoleBinding/sealed-secrets',
    'CustomResourceDefinition/sealedsecrets.bitnami.com',
    'Deployment/sealed-secrets',
    'Namespace/sealed-secrets',
    'NetworkPolicy/allow-api-server',
    'NetworkPolicy/allow-control-plane',
    'NetworkPolicy/default-deny',
    'Role/sealing-keys',
    'Role/verifier',
    'RoleBinding/sealing-keys',
    'RoleBinding/verifier',
    'Service/sealed-secrets',
    'ServiceAccount/sealed-secrets',
  ])
})

test('only the API server reaches the controller, and it reaches nothing else', async () => {
  const policies = (await objects()).filter(({ kind }) => kind === 'NetworkPolicy')
  const addresses = [{ ipBlock: { cidr: '10.99.0.1/32' } }, { ipBlock: { cidr: '2001:db8::1/128' } }]
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'sealed-secrets' } }
  expect(Object.fromEntries(policies.map((policy) => [policy.metadata.name, policy['spec']]))).toEqual({
    'default-deny': { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    'allow-control-plane': { podSelector, policyTypes: ['Ingress'], ingress: [{ from: addresses, ports: [{ protocol: 'TCP', port: 8080 }] }] },
    'allow-api-server': { podSelector, policyTypes: ['Egress'], egress: [{ to: addresses, ports: [{ protocol: 'TCP', port: 6443 }] }] },
  })
  for (const { metadata } of policies) expect(metadata.annotations?.['plumbline.dev/approval']).toMatch(/^change-7@[0-9a-f]{12}$/)
})

test('the controller reads no Secret outside the namespaces that bind its unsealer role', async () => {
  const rules = z.array(z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()) }))
  const all = await objects()
  const bound = z.array(z.object({ roleRef: z.object({ name: z.string() }) })).parse(all.filter(({ kind }) => kind === 'ClusterRoleBinding')).map(({ roleRef }) => roleRef.name)
  const everywhere = all.filter(({ kind, metadata }) => kind === 'ClusterRole' && bound.includes(metadata.name)).flatMap((role) => rules.parse(role['rules']))
  expect(everywhere.flatMap(({ resources }) => resources)).not.toContain('secrets')
})
