import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { helm } from '../helm.ts'
import { loadPlatform } from '../platform-file.ts'
import { objectsOf } from '../release-drift.ts'
import { auditValues } from './audit.ts'

const platform = await loadPlatform(join(repository, 'terraform/platform.yaml'))
const objectStorage = { host: '10.99.0.60', addresses: ['10.99.0.60'], port: 7070, url: 'https://10.99.0.60:7070', region: 'us-east', ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }
const endpoints = { objectStorage, channel: { host: 'c', addresses: [], port: 1 }, outsideProbers: [] }
const values = auditValues({ platform, approval: 'change-7', endpoints })
const render = async (more: Record<string, unknown> = {}) => objectsOf((await helm({ records: 'kube-system' }).render('audit', join(repository, 'terraform/charts/audit'), { ...values, ...more })).manifest)
const containerSchema = z.object({ args: z.array(z.string()) })
const deploymentSchema = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(containerSchema), automountServiceAccountToken: z.boolean() }) }) }) })

test('the chart takes the values and makes exactly these objects, all of them in its own namespace', async () => {
  const objects = await render()
  expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
    'ConfigMap/object-storage-authority',
    'Deployment/audit-forwarder',
    'Namespace/audit',
    'NetworkPolicy/allow-dns',
    'NetworkPolicy/allow-log-store',
    'NetworkPolicy/allow-object-storage',
    'NetworkPolicy/allow-telemetry',
    'NetworkPolicy/default-deny',
    'ServiceAccount/audit-forwarder',
  ])
  for (const { kind, metadata } of objects) expect(kind === 'Namespace' ? metadata.name : metadata.namespace).toBe('audit')
})

test('the forwarder is told the bucket, the authority, the environments and what the log store keeps', async () => {
  const { spec: { template: { spec } } } = deploymentSchema.parse((await render()).find(({ kind }) => kind === 'Deployment'))
  expect(spec.containers.map(({ args }) => args)).toEqual([[
    '-endpoint=https://10.99.0.60:7070',
    '-region=us-east',
    '-bucket=plumbline-audit',
    '-credentials=/etc/audit-bucket',
    '-authority=/etc/object-storage/ca.crt',
    '-log-store=http://victoria-logs.observability.svc.cluster.local:9428',
    '-environments=development,staging,production,system',
    '-retention=168h',
  ]])
  expect(spec.automountServiceAccountToken).toBe(false)
})

test('a store with a public certificate needs no authority', async () => {
  const { url, region, addresses, port } = objectStorage
  const objects = await render({ objectStorage: { url, region, addresses, port } })
  expect(JSON.stringify(objects)).not.toContain('authority')
})

test('it reaches the bucket, the log store and DNS, and nothing else', async () => {
  const policies = (await render()).filter(({ kind }) => kind === 'NetworkPolicy')
  const egress = z.looseObject({ spec: z.looseObject({ egress: z.array(z.looseObject({ to: z.array(z.unknown()), ports: z.array(z.unknown()) })).optional() }) })
  expect(policies.flatMap((policy) => egress.parse(policy).spec.egress ?? []).flatMap(({ to, ports }) => to.map((peer) => ({ peer, ports })))).toEqual([
    { peer: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }, ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] },
    { peer: { ipBlock: { cidr: '10.99.0.60/32' } }, ports: [{ protocol: 'TCP', port: 7070 }] },
    { peer: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'victoria-logs' } } }, ports: [{ protocol: 'TCP', port: 9428 }] },
  ])
  for (const { metadata } of policies) expect(metadata.annotations?.['plumbline.dev/approval']).toMatch(/^change-7@[0-9a-f]{12}$/)
})
