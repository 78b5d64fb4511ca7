import { KubeConfig } from '@kubernetes/client-node'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { clusterLook } from './cluster-layer.ts'
import { lastChange } from './last-change.ts'
import type { LiveObject } from './live-objects.ts'
import { isRecord, ownerOf } from './object-owners.ts'
import { readHelmRecords } from './release-records.ts'
import { approvalOf } from './sources.ts'

function apiOf(answers: Readonly<Record<string, unknown>>): ClusterApi {
  return {
    send: ({ path }) => {
      const answer = answers[path.split('?')[0] ?? '']
      return Promise.resolve(answer === undefined ? { status: 503, body: {} } : { status: 200, body: answer })
    },
    pathOf: ({ namespace = '', name }) => Promise.resolve(`/one/${namespace}/${name}`),
  }
}

const edited = { managedFields: [{ manager: 'helm', operation: 'Apply', time: '2026-11-28T04:00:00Z' }, { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-28T05:00:00Z' }, { manager: 'kubelet', subresource: 'status', time: '2026-11-28T05:30:00Z' }] }

test('the last change is the newest that is no report of state', () => {
  expect(lastChange({ metadata: edited })).toBe('kubectl-edit (Update, 2026-11-28T05:00:00Z)')
  expect(lastChange({ metadata: {} })).toBe('unknown')
  expect(lastChange(undefined)).toBe('unknown')
})

const release = (name: string, version: number, description: string) => {
  const text = gzipSync(JSON.stringify({ name, version, info: { status: 'deployed', description }, config: { approval: { reference: 'CHG-7' } } })).toString('base64')
  return { metadata: { name }, data: { release: Buffer.from(text).toString('base64') } }
}

test('the newest record of each release is read, with the reference that it was installed under', async () => {
  const records = await readHelmRecords(apiOf({ '/api/v1/namespaces/kube-system/secrets': { items: [release('a', 9, 'old'), release('a', 10, 'sha256:new'), release('b', 1, 'x')] } }), 'kube-system')
  expect([...records.values()].map(({ name, revision, description }) => [name, revision, description])).toEqual([['a', 10, 'sha256:new'], ['b', 1, 'x']])
  expect(approvalOf(records)).toBe('CHG-7')
  expect(approvalOf(new Map())).toBe('baseline')
  await expect(readHelmRecords(apiOf({}), 'kube-system')).rejects.toThrow('the API server answered 503 when asked for the release records in kube-system; expected 200')
})

const live = (kind: string, name: string, more: Partial<LiveObject> = {}): LiveObject => ({ group: '', kind, resource: `${kind.toLowerCase()}s`, namespace: 'staging', name, labels: {}, owned: false, raw: {}, ...more })
const surroundings = { released: new Set(['/ConfigMap/staging/hpa-defaults']), environments: ['staging'], services: new Set(['staging/web']) }

test.each<[LiveObject, string | undefined]>([
  [live('ConfigMap', 'hpa-defaults'), 'a release'],
  [live('Pod', 'web-1', { owned: true }), 'another object, which is looked at itself'],
  [live('Pod', 'probe', { labels: { 'plumbline.dev/run': 'x' } }), 'a run of the suites'],
  [live('ServiceAccount', 'ann', { labels: { 'plumbline.dev/access': 'ann' } }), 'somebody\'s access, issued and recorded'],
  [live('NetworkPolicy', 'open', { labels: { 'plumbline.dev/override': 'OVR-1' } }), 'an approved override of the segmentation'],
  [live('SealedSecret', 'session-key'), 'the secrets\' bootstrap'],
  [live('SealedSecret', 'unheard-of'), undefined],
  [live('Endpoints', 'web'), 'Kubernetes, beside a Service'],
  [live('Endpoints', 'elsewhere'), undefined],
  [live('Deployment', 'shop', { labels: { 'app.kubernetes.io/name': 'shop' } }), 'an application team, which says what it is'],
  [live('Deployment', 'shop', { namespace: 'observability', labels: { 'app.kubernetes.io/name': 'shop' } }), undefined],
  [live('RoleBinding', 'shop', { labels: { 'app.kubernetes.io/name': 'shop' } }), undefined],
  [live('ConfigMap', 'notes'), undefined],
])('who owns %o', (object, who) => {
  expect(ownerOf(object, surroundings)).toBe(who)
})

test('records of the cluster are nobody\'s making', () => {
  expect([live('Event', 'e'), live('Lease', 'l', { group: 'coordination.k8s.io' }), live('PodMetrics', 'p', { group: 'metrics.k8s.io' })].every(isRecord)).toBe(true)
  expect(isRecord(live('Role', 'r', { group: 'rbac.authorization.k8s.io' }))).toBe(false)
})

const manifest = `apiVersion: v1
kind: Namespace
metadata: { name: staging }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: hpa-defaults, namespace: staging }
`
const resources = [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['list'] }, { name: 'configmaps/status', kind: 'ConfigMap', namespaced: true, verbs: ['list'] }, { name: 'reviews', kind: 'Review', namespaced: true, verbs: ['create'] }]
const answers = {
  '/apis': { groups: [] },
  '/api/v1': { resources },
  '/api/v1/configmaps': { items: [{ metadata: { name: 'hpa-defaults', namespace: 'staging' } }, { metadata: { name: 'notes', namespace: 'staging', ...edited } }, { metadata: { name: 'far', namespace: 'elsewhere' } }] },
  '/api/v1/namespaces': { items: [{ metadata: { name: 'staging', labels: { 'plumbline.dev/environment': 'staging' } } }, { metadata: { name: 'integration', labels: { 'plumbline.dev/environment': 'integration' } } }, { metadata: { name: 'probes', labels: { 'app.kubernetes.io/part-of': 'plumbline', 'plumbline.dev/run': 'x' } } }] },
  '/one/staging/hpa-defaults': { metadata: edited },
}
const place = (api: ClusterApi) => ({
  cluster: new KubeConfig(), api, records: 'kube-system', environments: ['staging'],
  drift: () => Promise.resolve([{ kind: 'ConfigMap', namespace: 'staging', name: 'hpa-defaults', how: 'changed' as const }]),
})

test('objects of a release that are changed are named with who did it, and so is what belongs to nobody', async () => {
  const { compared, findings } = await clusterLook([{ name: 'environment-staging', manifest, digest: '' }], place(apiOf(answers)))
  expect(compared).toBe(4)
  expect(findings).toEqual([
    { kind: 'ConfigMap', name: 'staging/hpa-defaults', how: 'changed', detail: 'of the release environment-staging', owner: 'kubectl-edit (Update, 2026-11-28T05:00:00Z)', remedy: '`npx plumbline provision`' },
    { kind: 'ConfigMap', name: 'staging/notes', how: 'unmanaged', detail: 'of no release, and of nobody else who may make such things', owner: 'kubectl-edit (Update, 2026-11-28T05:00:00Z)', remedy: '`kubectl delete configmaps notes --namespace staging`' },
    { kind: 'Namespace', name: 'integration', how: 'unmanaged', detail: 'of no release, and of nobody else who may make such things', owner: 'unknown', remedy: '`kubectl delete namespaces integration`' },
  ])
})

test('a kind that cannot be listed leaves the whole layer unobserved', async () => {
  const without = Object.fromEntries(Object.entries(answers).filter(([path]) => path !== '/api/v1/configmaps'))
  await expect(clusterLook([{ name: 'e', manifest, digest: '' }], place(apiOf(without)))).rejects.toThrow('the API server answered 503 when asked for /api/v1/configmaps')
})
