import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { expect, onTestFinished, test } from 'vitest'
import { objectsOf, releaseDrift } from './release-drift.ts'

const manifest = `---
# Source: environment/templates/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: staging, labels: { a: b } }
---
# only a comment
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: inward, namespace: staging }
spec: { ingress: [{ from: [{ podSelector: {} }] }] }
`
const release = { name: 'environment-staging', records: 'kube-system' }
const policyPath = '/apis/networking.k8s.io/v1/namespaces/staging/networkpolicies/inward'
const live = (more: object = {}) => ({ kind: 'x', metadata: { name: 'x', resourceVersion: '7', uid: 'u', managedFields: [], ...more } })

/** An API server of fixed answers; what is applied is echoed unless an answer is given for it. */
async function cluster(answers: Readonly<Record<string, readonly [number, unknown]>>) {
  const applied: unknown[] = []
  const discovery: Record<string, readonly [number, unknown]> = {
    'GET /api/v1': [200, { resources: [{ name: 'namespaces', kind: 'Namespace', namespaced: false }] }],
    'GET /apis/networking.k8s.io/v1': [200, { resources: [{ name: 'networkpolicies/status', kind: 'NetworkPolicy', namespaced: true }, { name: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true }] }],
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://cluster')
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      if (request.method === 'PATCH') applied.push({ query: url.search, type: request.headers['content-type'], body: JSON.parse(body) as unknown })
      const [status, answer] = { ...discovery, ...answers }[`${request.method ?? ''} ${url.pathname}`] ?? [200, live()]
      response.writeHead(status).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.close() })
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'c', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }, { name: 'u' })
  return { config, applied }
}

test('objects are read, comments are not', () => {
  expect(objectsOf(manifest).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Namespace staging', 'NetworkPolicy inward'])
})

test('nothing has drifted when applying changes nothing but bookkeeping', async () => {
  const { config, applied } = await cluster({ [`PATCH ${policyPath}`]: [200, live({ resourceVersion: '8', generation: 2 })] })
  expect(await releaseDrift(config, manifest, release)).toEqual([])
  expect(applied).toHaveLength(2)
})

test('it is asked by a dry run, as Helm, with every field as it was written', async () => {
  const { config, applied } = await cluster({})
  await releaseDrift(config, manifest, release)
  expect(applied).toContainEqual({
    query: '?fieldManager=helm&force=true&dryRun=All',
    type: 'application/apply-patch+yaml',
    body: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'inward', namespace: 'staging', annotations: { 'meta.helm.sh/release-name': 'environment-staging', 'meta.helm.sh/release-namespace': 'kube-system' } },
      spec: { ingress: [{ from: [{ podSelector: {} }] }] },
    },
  })
})

test.each([
  ['missing', { [`GET ${policyPath}`]: [404, {}] }],
  ['changed', { [`PATCH ${policyPath}`]: [200, live({ labels: { gone: 'back' } })] }],
  ['not as admission would let it be', { [`PATCH ${policyPath}`]: [403, {}] }],
] as const)('an object can be %s', async (how, answers) => {
  const { config } = await cluster(answers)
  expect(await releaseDrift(config, manifest, release)).toEqual([{ kind: 'NetworkPolicy', namespace: 'staging', name: 'inward', how }])
})

test('an API server that fails is no drift and no absence of it', async () => {
  const { config } = await cluster({ [`GET ${policyPath}`]: [500, {}] })
  await expect(releaseDrift(config, manifest, release)).rejects.toThrow('the API server answered 500 when asked about NetworkPolicy inward; expected 200')
})

test('a kind that is not served is said', async () => {
  const { config } = await cluster({ 'GET /apis/networking.k8s.io/v1': [200, { resources: [] }] })
  await expect(releaseDrift(config, manifest, release)).rejects.toThrow('serves no NetworkPolicy of networking.k8s.io/v1')
})
