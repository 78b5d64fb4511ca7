import { afterEach, beforeEach, expect, test } from 'vitest'
import { RbacAuthorizationV1Api, CoreV1Api } from '@kubernetes/client-node'
import { FakeApiServer } from '../../../suites/lib/platform/api-server.fixture.ts'
import { kubeConfigFrom } from '../../../suites/lib/platform/kubernetes.ts'
import type { Platform } from '../../../suites/lib/platform/platform.ts'
import { madeIdentities, removeIdentities, type AttemptsPlace } from './attempts.ts'

const run = '01m8gpgp3fkx0avxxwd5vbgzv9'
const other = '01m8gpgp3fkx0avxxwd5vbgzv8'
const server = new FakeApiServer()
let platform: Platform

beforeEach(async () => {
  platform = await server.start()
})
afterEach(() => server.stop())

function placeOf(label: string): AttemptsPlace {
  return { cluster: kubeConfigFrom(Buffer.from(platform.outputs.kubeconfig, 'base64').toString('utf8')), run: label, namespaces: { development: 'development', staging: 'staging', production: 'production', system: 'system' } }
}

/** As much as `makeIdentities` leaves when it is killed. */
async function half(label: string): Promise<void> {
  const { cluster } = placeOf(label)
  const [core, rbac] = [cluster.makeApiClient(CoreV1Api), cluster.makeApiClient(RbacAuthorizationV1Api)]
  const labels = { 'plumbline.dev/run': label }
  const name = `plumbline-probe-canaries-${label}`
  await core.createNamespace({ body: { metadata: { name, labels } } })
  await rbac.createClusterRole({ body: { metadata: { name: `${name}-canary-a1`, labels } } })
  await rbac.createClusterRoleBinding({ body: { metadata: { name: `${name}-canary-a1`, labels }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name } } })
  const account = `access-run-${label}-attempts-viewer`
  await core.createNamespacedServiceAccount({ namespace: 'staging', body: { metadata: { name: account, namespace: 'staging', labels: { 'plumbline.dev/access': `run-${label}-attempts` } } } })
}

test('what a run had made is known by its label, and removed without touching that of another', async () => {
  await half(run)
  await half(other)
  expect((await madeIdentities(placeOf(run))).toSorted()).toEqual([
    `ClusterRole plumbline-probe-canaries-${run}-canary-a1`, `ClusterRoleBinding plumbline-probe-canaries-${run}-canary-a1`, `Namespace plumbline-probe-canaries-${run}`, `ServiceAccount staging/access-run-${run}-attempts-viewer`,
  ])
  await removeIdentities(placeOf(run))
  expect(await madeIdentities(placeOf(run))).toEqual([])
  expect(await madeIdentities(placeOf(other))).toHaveLength(4)
})
