import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { controller } from './seal.ts'

const manager = 'plumbline-secrets'
const records = 'kube-system'

/**
 * Makes a namespace ready to receive: it exists, and lets the controller write Secrets. The namespace of a chart that is installed later is
 * made here already, marked so that Helm takes it over, because that chart's pods wait for their Secret.
 */
export async function openTo(api: ClusterApi, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`
  const { status } = await api.send({ method: 'GET', path })
  if (status === 404) await apply(api, path, adoptable(namespace))
  await apply(api, `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/sealed-secrets-unsealer`, binding(namespace))
}

/** Server-side apply under this part's own name. Rejects with what the API server said. */
export async function apply(api: ClusterApi, path: string, object: unknown, owner = manager): Promise<void> {
  const { status, body } = await api.send({ method: 'PATCH', path: `${path}?fieldManager=${owner}&force=true`, apply: object })
  if (status === 200 || status === 201) return
  throw new CommandFailure(`The API server did not take ${path}: ${status} ${messageIn(body)}. Run \`npx plumbline provision\` when the chart secrets is not installed.`, exitCodes.partial)
}

function adoptable(name: string) {
  const level = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']))
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/part-of': 'plumbline', ...level },
      annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': records },
    },
  }
}

function binding(namespace: string) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'sealed-secrets-unsealer', namespace, labels: { 'app.kubernetes.io/part-of': 'plumbline', 'app.kubernetes.io/managed-by': 'plumbline-secrets' } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'sealed-secrets-unsealer' },
    subjects: [{ kind: 'ServiceAccount', namespace: controller.namespace, name: controller.name }],
  }
}

function messageIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : ''
}
