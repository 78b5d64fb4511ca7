import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { helm } from '../helm.ts'
import { loadPlatform } from '../platform-file.ts'
import { objectsOf } from '../release-drift.ts'
import { ingressValues } from './ingress.ts'
import { sampleServiceValues } from './sample-service.ts'

const platform = await loadPlatform(join(repository, 'terraform/platform.yaml'))
const authority = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const sources = { platform, approval: 'CHG-1', authority, controlPlane: { addresses: ['10.99.0.1'], port: 6443 }, dataStore: undefined }
const withStore = { ...sources, dataStore: { host: '10.99.0.50', addresses: ['10.99.0.50'], port: 5432 } }

const charts = join(repository, 'terraform/charts')
const templates = helm({ records: 'kube-system' })
type Objects = ReturnType<typeof objectsOf>
const rendered = async (chart: string, values: Record<string, unknown>): Promise<Objects> => objectsOf((await templates.render(chart, join(charts, chart), values)).manifest)
const ingress = await rendered('ingress', ingressValues(sources))
const service = await rendered('sample-service', sampleServiceValues(withStore, 'staging'))
const named = (objects: Objects, kind: string, name: string, namespace?: string) => objects.find((one) => one.kind === kind && one.metadata.name === name && (namespace === undefined || one.metadata.namespace === namespace))

test('the ingress controller gets the domain, the environments and the authority', () => {
  expect(ingressValues(sources)).toEqual({
    approval: { reference: 'CHG-1' },
    controlPlane: { addresses: ['10.99.0.1'], port: 6443 },
    domain: 'plumbline.internal',
    environments: ['development', 'staging', 'production', 'system'],
    authority,
  })
})

test('the sample service gets the thresholds of its environment, and the data store only where there is one', () => {
  expect(sampleServiceValues(withStore, 'staging')).toEqual({
    environment: 'staging',
    domain: 'plumbline.internal',
    approval: { reference: 'CHG-1' },
    hpa: { minReplicas: 1, maxReplicas: 4, targetCpuPercent: 70 },
    dataStore: { enabled: true },
  })
  expect(sampleServiceValues(sources, 'staging')).toMatchObject({ dataStore: { enabled: false } })
})

test('the ci values of both charts name what the pipeline names', async () => {
  const keys = async (file: string) => Object.keys(parse(await readFile(join(charts, file), 'utf8')) as object).toSorted()
  expect(await keys('ingress/ci/all-values.yaml')).toEqual(Object.keys(ingressValues(sources)).toSorted())
  expect(await keys('sample-service/ci/development-values.yaml')).toEqual(Object.keys(sampleServiceValues(sources, 'staging')).filter((key) => key !== 'dataStore').toSorted())
})

test.each([
  ['default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }],
  ['allow-clients', { ingress: [{ ports: [{ protocol: 'TCP', port: 'web' }, { protocol: 'TCP', port: 'websecure' }] }] }],
  ['allow-telemetry', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }], ports: [{ protocol: 'TCP', port: 'metrics' }] }] }],
  ['allow-exposed-services', { egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ operator: 'In', values: ['development', 'staging', 'production', 'system'] }] }, podSelector: { matchLabels: { 'plumbline.dev/exposed-by': 'ingress' } } }] }] }],
  ['allow-api-server', { egress: [{ to: [{ ipBlock: { cidr: '10.99.0.1/32' } }], ports: [{ protocol: 'TCP', port: 6443 }] }] }],
])('the network policy %s of the ingress says this, under an approval', (name, spec) => {
  const policy = named(ingress, 'NetworkPolicy', name)
  expect(policy?.['spec']).toMatchObject(spec)
  expect(policy?.metadata.annotations?.['plumbline.dev/approval']).toMatch(/^CHG-1@[0-9a-f]{12}$/)
})

const rolesSchema = z.looseObject({ rules: z.array(z.object({ resources: z.array(z.string()), verbs: z.array(z.string()) })) })

test('the controller reads Secrets in the environments and its own namespace, never cluster-wide, and writes only the status of Ingresses', () => {
  const holders = (kind: string) => ingress.filter((one) => one.kind === kind && rolesSchema.parse(one).rules.some(({ resources }) => resources.includes('secrets')))
  expect(holders('ClusterRole')).toEqual([])
  expect(holders('Role').map(({ metadata }) => metadata.namespace).toSorted()).toEqual(['development', 'ingress', 'production', 'staging', 'system'])
  const writing = ingress.filter(({ kind }) => kind.endsWith('Role')).flatMap((one) => rolesSchema.parse(one).rules).filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)))
  expect([...new Set(writing.flatMap(({ resources, verbs }) => [...resources, ...verbs]))]).toEqual(['ingresses/status', 'update'])
})

const bindingSchema = z.looseObject({ subjects: z.array(z.looseObject({ kind: z.string(), name: z.string() })) })

test('every environment publishes the domain and the authority to its own people; in the controller\'s namespace nobody but the runner reads', () => {
  const published = ingress.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'ingress-public')
  expect(published.map(({ metadata }) => metadata.namespace).toSorted()).toEqual(['development', 'ingress', 'production', 'staging', 'system'])
  for (const map of published) expect(map['data']).toEqual({ 'domain': 'plumbline.internal', 'ca.crt': authority })
  const { subjects } = bindingSchema.parse(named(ingress, 'RoleBinding', 'public', 'ingress'))
  expect(subjects.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['ServiceAccount plumbline-verifier'])
})

test('the controller serves TLS, leads plain HTTP there, and logs and measures every request', () => {
  const text = JSON.stringify(named(ingress, 'Deployment', 'traefik'))
  for (const argument of [
    '--entrypoints.websecure.http.tls=true', '--entrypoints.web.http.redirections.entrypoint.to=:443', '--metrics.prometheus.addserviceslabels=true',
    '--metrics.prometheus.buckets=0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5', '--accesslog.format=json', '--global.sendanonymoususage=false',
    '--providers.kubernetesingress.namespaces=development,staging,production,system,ingress',
  ]) expect(text).toContain(`"${argument}"`)
})

test('the sample service is exposed under its environment\'s host with its certificate, and brings no policy of its own', () => {
  expect(named(service, 'Ingress', 'sample-service')?.['spec']).toMatchObject({
    tls: [{ hosts: ['sample-service.staging.plumbline.internal'], secretName: 'ingress-tls' }],
    rules: [{ host: 'sample-service.staging.plumbline.internal' }],
  })
  expect(named(service, 'Deployment', 'sample-service')?.['spec']).toMatchObject({
    template: { metadata: { labels: { 'plumbline.dev/environment': 'staging', 'plumbline.dev/exposed-by': 'ingress', 'plumbline.dev/reachable-from': 'environment' } } },
  })
  expect(service.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([])
  for (const { metadata } of service) expect(metadata.namespace).toBe('staging')
})

test('a destination that the environment does not open comes with an approval', async () => {
  const egress = [{ cidr: '192.0.2.0/24', port: 443, why: 'the payment provider' }]
  const policy = named(await rendered('sample-service', { ...sampleServiceValues(sources, 'staging'), egress }), 'NetworkPolicy', 'sample-service')
  expect(policy?.['spec']).toMatchObject({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }] })
  expect(policy?.metadata.annotations).toMatchObject({ 'plumbline.dev/approval': expect.stringMatching(/^CHG-1@/) as string, 'plumbline.dev/why': 'the payment provider' })
})

const dashboardSchema = z.object({ title: z.string(), refresh: z.string(), panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })) })

test('the sample service brings its dashboard, of its own environment alone', () => {
  const map = named(service, 'ConfigMap', 'dashboard-sample-service')
  expect(map?.metadata['labels']).toMatchObject({ grafana_dashboard: '1' })
  const text = z.record(z.string(), z.string()).parse(map?.['data'])['sample-service.json'] ?? ''
  const dashboard = dashboardSchema.parse(JSON.parse(text))
  expect(dashboard).toMatchObject({ title: 'Sample service', refresh: '15s' })
  expect(dashboard.panels.map(({ title }) => title)).toEqual(['Requests', 'Errors', 'Latency p95', 'Replicas'])
  for (const { targets } of dashboard.panels) for (const { expr } of targets) expect(expr).toContain('environment="staging"')
  expect(text).not.toMatch(/ENVIRONMENT|SERVICE|REFRESH/)
})
