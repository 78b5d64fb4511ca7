import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from './children.ts'
import { helm } from './helm.ts'
import { objectsOf } from './release-drift.ts'

const charts = join(repository, 'terraform/charts')
const templates = helm({ records: 'kube-system' })
type Values = Record<string, unknown>
const valuesOf = async (file: string): Promise<Values> => parse(await readFile(join(charts, file), 'utf8')) as Values
const development = await valuesOf('environment/ci/development-values.yaml')
const everywhere = await valuesOf('guardrails/ci/all-values.yaml')

const environment = async (more: Values = {}) => objectsOf((await templates.render('environment-development', join(charts, 'environment'), { ...development, ...more })).manifest)
const guardrails = async () => objectsOf((await templates.render('guardrails', join(charts, 'guardrails'), everywhere)).manifest)
const named = (objects: Awaited<ReturnType<typeof environment>>, kind: string, name: string) => objects.find((object) => object.kind === kind && object.metadata.name === name)

const ruleSchema = z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()), resourceNames: z.array(z.string()).optional() })
const roleSchema = z.looseObject({ rules: z.array(ruleSchema) })

test.each([['environment', 'environment/ci/development-values.yaml'], ['guardrails', 'guardrails/ci/all-values.yaml']])('helm lint finds nothing in %s', async (chart, values) => {
  const { stdout } = await run(await tool('helm'), ['lint', join(charts, chart), '--strict', '--values', join(charts, values)], { env: plainEnvironment() })
  expect(stdout).toContain('1 chart(s) linted, 0 chart(s) failed')
})

test('an environment is exactly these objects', async () => {
  expect((await environment()).map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
    'ConfigMap/hpa-defaults',
    'EndpointSlice/data-store',
    'LimitRange/environment',
    'Namespace/development',
    'NetworkPolicy/allow-data-store',
    'NetworkPolicy/allow-dns',
    'NetworkPolicy/allow-ingress',
    'NetworkPolicy/allow-telemetry',
    'NetworkPolicy/allow-within-environment-egress',
    'NetworkPolicy/allow-within-environment-ingress',
    'NetworkPolicy/default-deny',
    'ResourceQuota/environment',
    'Role/deployer',
    'Role/environment-admin',
    'Role/verifier',
    'Role/viewer',
    'RoleBinding/deployer',
    'RoleBinding/environment-admin',
    'RoleBinding/verifier',
    'RoleBinding/viewer',
    'Service/data-store',
    'ServiceAccount/default',
  ])
})

test('everything is in the namespace of the environment and carries its label', async () => {
  for (const { kind, metadata } of await environment()) {
    expect(kind === 'Namespace' ? metadata.name : metadata.namespace).toBe('development')
    expect(metadata['labels']).toMatchObject({ 'plumbline.dev/environment': 'development', 'app.kubernetes.io/part-of': 'plumbline' })
  }
})

test('the namespace enforces Pod Security restricted', async () => {
  expect(named(await environment(), 'Namespace', 'development')?.metadata['labels']).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  })
})

test.each([
  ['default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }],
  ['allow-dns', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
    }],
  }],
  ['allow-within-environment-ingress', {
    podSelector: { matchLabels: { 'plumbline.dev/reachable-from': 'environment' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'development' } } }] }],
  }],
  ['allow-within-environment-egress', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'development' } }, podSelector: { matchLabels: { 'plumbline.dev/reachable-from': 'environment' } } }] }],
  }],
  ['allow-data-store', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.99.0.50/32' } }], ports: [{ protocol: 'TCP', port: 5432 }] }] }],
])('the network policy %s says exactly this', async (name, spec) => {
  expect(named(await environment(), 'NetworkPolicy', name)?.['spec']).toEqual(spec)
})

test('every network policy carries the approval, and another one when its rules change', async () => {
  const policies = (objects: Awaited<ReturnType<typeof environment>>) => Object.fromEntries(objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata }) => [metadata.name, metadata.annotations?.['plumbline.dev/approval']]))
  const before = policies(await environment())
  for (const approval of Object.values(before)) expect(approval).toMatch(/^baseline@[0-9a-f]{12}$/)
  const moved = policies(await environment({ dataStore: { enabled: true, host: '10.99.0.51', addresses: ['10.99.0.51'], port: 5432 } }))
  expect(Object.keys(before).filter((name) => before[name] !== moved[name])).toEqual(['allow-data-store'])
})

test('a data store with a host name gets an alias, one with an address gets endpoints', async () => {
  const byName = await environment({ dataStore: { enabled: true, host: 'db.example.com', addresses: ['192.0.2.7', '2001:db8::7'], port: 5433 } })
  expect(named(byName, 'Service', 'data-store')?.['spec']).toEqual({ type: 'ExternalName', externalName: 'db.example.com' })
  expect(named(byName, 'EndpointSlice', 'data-store')).toBeUndefined()
  expect(named(byName, 'NetworkPolicy', 'allow-data-store')?.['spec']).toMatchObject({ egress: [{ to: [{ ipBlock: { cidr: '192.0.2.7/32' } }, { ipBlock: { cidr: '2001:db8::7/128' } }] }] })
  expect(named(await environment(), 'EndpointSlice', 'data-store')).toMatchObject({ addressType: 'IPv4', endpoints: [{ addresses: ['10.99.0.50'] }], ports: [{ port: 5432 }] })
})

test('what comes in from the platform is the ingress controller to exposed pods, and Prometheus to the port named metrics', async () => {
  const objects = await environment({ dataStore: { enabled: false } })
  expect(named(objects, 'NetworkPolicy', 'allow-data-store')).toBeUndefined()
  expect(named(objects, 'NetworkPolicy', 'allow-ingress')?.['spec']).toMatchObject({ podSelector: { matchLabels: { 'plumbline.dev/exposed-by': 'ingress' } } })
  expect(named(objects, 'NetworkPolicy', 'allow-telemetry')?.['spec']).toMatchObject({ ingress: [{ ports: [{ protocol: 'TCP', port: 'metrics' }] }] })
})

test('only the environment of the verifier has its account, and no account lays its token into pods', async () => {
  const accounts = (objects: Awaited<ReturnType<typeof environment>>) => objects.filter(({ kind }) => kind === 'ServiceAccount').map((account) => [account.metadata.name, account['automountServiceAccountToken']])
  expect(accounts(await environment())).toEqual([['default', false]])
  expect(accounts(await environment({ environment: 'system' }))).toEqual([['default', false], ['plumbline-verifier', false]])
})

test.each(['viewer', 'deployer', 'environment-admin'])('the profile %s is bound to its group of this environment alone', async (profile) => {
  expect(named(await environment(), 'RoleBinding', profile)).toMatchObject({
    roleRef: { kind: 'Role', name: profile },
    subjects: [{ kind: 'Group', name: `plumbline:development:${profile}` }],
  })
})

test('no role has a wildcard, can widen itself, or can change what holds the environment', async () => {
  const roles = (await environment()).filter(({ kind }) => kind === 'Role')
  expect(roles).toHaveLength(4)
  for (const { rules } of roles.map((role) => roleSchema.parse(role))) {
    for (const { apiGroups, resources, verbs } of rules) {
      expect([...apiGroups, ...resources, ...verbs]).not.toContain('*')
      expect(verbs.filter((verb) => ['bind', 'escalate', 'impersonate', 'approve', 'sign'].includes(verb))).toEqual([])
      expect(resources.filter((resource) => /\/token$|\/proxy$|ephemeralcontainers/.test(resource))).toEqual([])
      const held = ['networkpolicies', 'resourcequotas', 'limitranges', 'roles', 'rolebindings'].filter((resource) => resources.includes(resource))
      if (held.length > 0) expect(verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([])
    }
  }
})

test('only the environment admin reads secrets or enters pods; the verifier enters pods and reads no secret', async () => {
  const objects = await environment()
  const holders = (resource: string) => objects.filter((object) => object.kind === 'Role' && roleSchema.parse(object).rules.some(({ resources }) => resources.includes(resource))).map(({ metadata }) => metadata.name)
  expect(holders('secrets')).toEqual(['environment-admin'])
  expect(holders('pods/exec').toSorted()).toEqual(['environment-admin', 'verifier'])
  expect(holders('pods/portforward')).toEqual(['environment-admin'])
})

test('every guardrail refuses and audits, fails closed, and watches the environments by name', async () => {
  const objects = await guardrails()
  const policies = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
  expect(policies.map(({ metadata }) => metadata.name).toSorted()).toEqual([
    'plumbline-foreign-services', 'plumbline-foreign-subjects', 'plumbline-long-lived-tokens', 'plumbline-override-keeper', 'plumbline-overrides', 'plumbline-segmentation', 'plumbline-verifier-exec', 'plumbline-verifier-footprint', 'plumbline-workloads',
  ])
  for (const policy of policies) {
    expect(policy['spec']).toMatchObject({ failurePolicy: 'Fail' })
    const binding = named(objects, 'ValidatingAdmissionPolicyBinding', policy.metadata.name)
    expect(binding?.['spec']).toMatchObject({ policyName: policy.metadata.name, validationActions: ['Deny', 'Audit'] })
    if (/^plumbline-(verifier-|override-keeper$)/.test(policy.metadata.name)) continue
    const parts = policy.metadata.name === 'plumbline-long-lived-tokens' ? ['ingress', 'observability', 'log-collection', 'sealed-secrets', 'audit', 'overrides'] : []
    expect(binding?.['spec']).toMatchObject({ matchResources: { namespaceSelector: { matchExpressions: [
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['development', 'staging', 'production', 'system', ...parts] },
    ] } } })
  }
})

test('cluster-wide the verifier changes only namespaces, and binds only the role of its own ones', async () => {
  const { rules } = roleSchema.parse(named(await guardrails(), 'ClusterRole', 'plumbline-verifier'))
  const changing = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)))
  expect(changing).toEqual([
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'create', 'delete'] },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: ['create'] },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], resourceNames: ['plumbline-probe'], verbs: ['bind'] },
  ])
})

test.each<[string, string, Values]>([
  ['a misspelt quota', 'environment', { ...development, quota: { 'requests.cup': '4' } }],
  ['an unknown value', 'environment', { ...development, nework: {} }],
  ['a privileged namespace', 'environment', { ...development, podSecurity: 'privileged' }],
  ['a data store without an address', 'environment', { ...development, dataStore: { enabled: true, host: 'db', addresses: [] } }],
  ['no environments', 'guardrails', {}],
])('%s is refused', async (_, chart, values) => {
  await expect(templates.render('x', join(charts, chart), values)).rejects.toThrow('values don\'t meet the specifications of the schema')
})

const schemaSchema = z.looseObject({ get properties() { return z.record(z.string(), schemaSchema).optional() } })

test.each(['environment', 'guardrails'])('the templates of %s read only what its schema knows', async (chart) => {
  const schema = schemaSchema.parse(JSON.parse(await readFile(join(charts, chart, 'values.schema.json'), 'utf8')))
  const folder = join(charts, chart, 'templates')
  const texts = await Promise.all((await readdir(folder)).map(async (name) => readFile(join(folder, name), 'utf8')))
  const read = new Set(texts.flatMap((text) => [...text.matchAll(/\.Values\.([A-Za-z.]*[A-Za-z])/g)].map(([, path = '']) => path)))
  expect(read.size).toBeGreaterThan(2)
  const known = (path: string) => path.split('.').reduce<z.infer<typeof schemaSchema> | undefined>((at, key) => at?.properties?.[key], schema) !== undefined
  expect([...read].filter((path) => !known(path))).toEqual([])
})
