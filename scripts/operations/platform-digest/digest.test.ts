import { S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { ClusterAccess, Plain } from '../../../fixtures/breaches/cluster.ts'
import type { LinodeAccess, LinodeObject } from '../../../fixtures/breaches/linode.ts'
import { differences, platformDigest } from './digest.ts'

const policy = (more: Record<string, unknown> = {}, spec: unknown = { podSelector: {} }): Plain => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'default-deny', namespace: 'staging', ...more }, spec, status: { at: 'now' },
})

function holding(objects: readonly Plain[], versioning = 'Enabled', firewalls: readonly LinodeObject[] = []) {
  const unused = () => Promise.reject(new Error('a digest only reads'))
  const cluster: ClusterAccess = { find: unused, create: unused, replace: unused, remove: unused, list: () => Promise.resolve([...objects]) }
  const objectStorage = new S3Client({ region: 'us-east', endpoint: 'http://127.0.0.1:9', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  objectStorage.middlewareStack.add(() => () => Promise.resolve({ output: { $metadata: {}, Status: versioning }, response: {} }), { step: 'deserialize', priority: 'high' })
  const linode: LinodeAccess = { list: (path) => Promise.resolve(path === '/networking/firewalls' ? [...firewalls] : []), send: unused, fail: unused, mend: unused }
  return { cluster, linode, objectStorage, stateBucket: 'state', auditBucket: 'audit', secretsBucket: 'secrets' }
}

test('what the API server gives to one life of an object makes no difference', async () => {
  const before = await platformDigest(holding([policy({ uid: '1', resourceVersion: '7', creationTimestamp: 'then', managedFields: [] })]))
  const after = await platformDigest(holding([policy({ uid: '2', resourceVersion: '9', creationTimestamp: 'now', generation: 4 })]))
  expect(differences(before, after)).toEqual([])
})

test('what somebody wrote does, and so does an object too many or too few, or a bucket that is kept in another way', async () => {
  const before = await platformDigest(holding([policy()]))
  expect(differences(before, await platformDigest(holding([policy({}, { podSelector: { matchLabels: { a: 'b' } } })])))).toEqual(['NetworkPolicy staging/default-deny is changed'])
  expect(differences(before, await platformDigest(holding([])))).toEqual(['NetworkPolicy staging/default-deny is missing'])
  expect(differences(await platformDigest(holding([])), before)).toEqual(['NetworkPolicy staging/default-deny was not there before'])
  expect(differences(before, await platformDigest(holding([policy()], 'Suspended')))).toEqual(['bucket audit is changed', 'bucket secrets is changed', 'bucket state is changed'])
})

test('what a run has made is not the platform, nor what the cluster puts into its namespace, nor the records that Helm keeps', async () => {
  const labels = { 'plumbline.dev/run': '01abc' }
  const objects: Plain[] = [
    policy({ labels }),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'plumbline-probe-01abc', labels } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'plumbline-probe-01abc' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sh.helm.release.v1.guardrails.v2', namespace: 'kube-system' }, type: 'helm.sh/release.v1' },
  ]
  expect(differences(await platformDigest(holding([])), await platformDigest(holding(objects)))).toEqual([])
})

test('an object on Linode that was made anew is the same, one that says something else is not', async () => {
  const firewall = { id: 1, label: 'plumbline-nodes', rules: { inbound_policy: 'DROP', fingerprint: 'a', version: 1 }, updated: 'then' }
  const before = await platformDigest(holding([], 'Enabled', [firewall]))
  const again = { ...firewall, id: 2, rules: { inbound_policy: 'DROP', fingerprint: 'b', version: 3 }, updated: 'now' }
  expect(differences(before, await platformDigest(holding([], 'Enabled', [again])))).toEqual([])
  expect(differences(before, await platformDigest(holding([], 'Enabled', [{ ...again, rules: { inbound_policy: 'ACCEPT' } }])))).toEqual(['Linode firewall plumbline-nodes is changed'])
  expect(differences(before, await platformDigest(holding([])))).toEqual(['Linode firewall plumbline-nodes is missing'])
  expect(differences(before, await platformDigest(holding([], 'Enabled', [again, firewall])))).toEqual(['Linode firewall plumbline-nodes (2) was not there before'])
})
