import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { helm } from '../helm.ts'
import { loadPlatform } from '../platform-file.ts'
import { objectsOf } from '../release-drift.ts'
import { observabilityValues } from './observability.ts'

const file = await loadPlatform(join(repository, 'terraform/platform.yaml'))
const platform = { ...file, observability: { ...file.observability, metricsRetentionDays: 31 } }
const channel = { host: 'hooks.example.com', addresses: ['192.0.2.7'], port: 443 }
const objectStorage = { host: 's', addresses: [], port: 1, url: 'https://s', region: 'us-east' }
const endpoints = { objectStorage, channel, outsideProbers: ['10.99.0.1:9313'] }
const controlPlane = { addresses: ['10.99.0.1'], port: 6443 }
const authority = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const values = observabilityValues({ platform, approval: 'change-7', endpoints, controlPlane, authority })
const render = async (given: Record<string, unknown> = values) => objectsOf((await helm({ records: 'kube-system' }).render('observability', join(repository, 'terraform/charts/observability'), given)).manifest)
const policySchema = z.looseObject({ spec: z.looseObject({ egress: z.array(z.unknown()).optional() }) })

test('the chart takes the values, and every object has a namespace of its own or none', async () => {
  const objects = await render()
  const clusterWide = ['Namespace', 'ClusterRole', 'ClusterRoleBinding']
  for (const { kind, metadata } of objects) {
    if (clusterWide.includes(kind)) expect(metadata.namespace).toBeUndefined()
    else expect(['observability', 'log-collection']).toContain(metadata.namespace)
  }
  const dashboards = objects.filter(({ metadata }) => metadata.name.startsWith('dashboard-')).map(({ metadata }) => metadata.name)
  expect(dashboards).toEqual(['dashboard-development', 'dashboard-staging', 'dashboard-production', 'dashboard-system', 'dashboard-platform'])
})

test('Alertmanager may reach the channel and nobody else', async () => {
  const policy = (await render()).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'alertmanager')
  expect(policySchema.parse(policy).spec.egress).toEqual([{ to: [{ ipBlock: { cidr: '192.0.2.7/32' } }], ports: [{ protocol: 'TCP', port: 443 }] }])
})

test('no value and no object holds the webhook', async () => {
  expect(JSON.stringify([values, await render()])).not.toContain('hooks.example.com')
})

test('metrics that are kept for less than the month that availability is judged over are refused', async () => {
  await expect(render({ ...values, retention: { metricsDays: 15, logDays: 7 } })).rejects.toThrow('minimum: got 15, want 31')
})

test('an ingress that nobody could verify is refused', async () => {
  await expect(render({ ...values, ingress: { caCertificate: '' } })).rejects.toThrow('/ingress/caCertificate')
})
