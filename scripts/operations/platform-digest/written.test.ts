import { expect, test } from 'vitest'
import type { Plain } from '../../../fixtures/breaches/cluster.ts'
import { autoscaledBy, written } from './written.ts'

const deployment = (replicas: number, revision: string): Plain => ({
  apiVersion: 'apps/v1', kind: 'Deployment',
  metadata: { name: 'sample', namespace: 'staging', annotations: { 'deployment.kubernetes.io/revision': revision, 'plumbline.dev/why': 'w' } },
  spec: { replicas, paused: false }, status: { replicas },
})
const autoscaler: Plain = {
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'sample', namespace: 'staging' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'sample' }, minReplicas: 1 },
}

test('the number of pods is somebody\'s word only where no autoscaler sets it', () => {
  expect(written(deployment(1, '1'))).not.toEqual(written(deployment(4, '1')))
  const autoscaled = autoscaledBy([autoscaler, deployment(1, '1')])
  expect(written(deployment(1, '1'), autoscaled)).toEqual(written(deployment(4, '1'), autoscaled))
  expect(written({ ...deployment(1, '1'), metadata: { name: 'sample', namespace: 'production' } }, autoscaled)['spec']).toEqual({ replicas: 1, paused: false })
  expect(written(autoscaler)['spec']).toEqual(autoscaler['spec'])
})

test('revisions are the controller\'s, other annotations are not', () => {
  expect(written(deployment(1, '1'))).toEqual(written(deployment(1, '2')))
  expect(written(deployment(1, '1'))['metadata']).toEqual({ name: 'sample', namespace: 'staging', annotations: { 'plumbline.dev/why': 'w' } })
})

test('the address of a Service is given to it, unless it asks for none', () => {
  const service = (clusterIP: string): Plain => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'staging' }, spec: { clusterIP, clusterIPs: [clusterIP], ports: [] } })
  expect(written(service('10.0.0.1'))['spec']).toEqual({ ports: [] })
  expect(written(service('None'))['spec']).toEqual({ clusterIP: 'None', clusterIPs: ['None'], ports: [] })
})

test('a Secret belongs to the same owner however often that was made, and a node is what it is asked for', () => {
  const secret = (uid: string): Plain => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'staging', ownerReferences: [{ kind: 'SealedSecret', name: 's', uid }] }, data: { a: 'Yg==' } })
  expect(written(secret('1'))).toEqual(written(secret('2')))
  expect(written({ ...secret('1'), data: { a: 'Yw==' } })).not.toEqual(written(secret('1')))
  const token = (data: string, account: string, used?: string): Plain => ({
    apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', data: { token: data },
    metadata: { name: 't', namespace: 'kube-system', ...(used === undefined ? {} : { labels: { 'kubernetes.io/legacy-token-last-used': used } }), annotations: { 'kubernetes.io/service-account.name': 'a', 'kubernetes.io/service-account.uid': account } },
  })
  expect(written(token('one', 'u1'))).toEqual(written(token('made anew', 'u2', '2026-11-28')))
  const node = (annotation: string, more = {}): Plain => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1', annotations: { a: annotation }, labels: { pool: 'system' } }, spec: { ...more } })
  expect(written(node('1'))).toEqual(written(node('2')))
  expect(written(node('1', { unschedulable: true }))).not.toEqual(written(node('1')))
})
