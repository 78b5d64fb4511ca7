import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { environmentNames } from '../../../suites/intent/environments.ts'
import { factsFrom, type RightsObjects } from '../../../suites/lib/rights/read.ts'
import { helm } from '../pipeline/helm.ts'
import { objectsOf } from '../pipeline/release-drift.ts'

const charts = join(repository, 'terraform/charts')
/** Charts that are there once, with the values of their `ci` folder. */
const once = ['guardrails', 'secrets', 'ingress', 'observability', 'audit', 'overrides'] as const

type Loose = { kind: string, metadata: { name: string, namespace?: string | undefined } } & Record<string, unknown>

/** Every object that the shipped charts make, rendered, and what the bootstrap of the secrets adds. */
export async function shippedObjects(): Promise<Loose[]> {
  const templates = helm({ records: 'kube-system' })
  const valuesOf = async (file: string): Promise<Record<string, unknown>> => parse(await readFile(join(charts, file), 'utf8')) as Record<string, unknown>
  const objects = async (name: string, values: Record<string, unknown>): Promise<Loose[]> => objectsOf((await templates.render(name, join(charts, name), values)).manifest)
  const [development, sample, ...rest] = await Promise.all(['environment/ci/development-values.yaml', 'sample-service/ci/development-values.yaml', ...once.map((name) => `${name}/ci/all-values.yaml`)].map(valuesOf))
  const parts = await Promise.all([
    ...once.map((name, index) => objects(name, rest[index] ?? {})),
    ...environmentNames.flatMap((environment) => [objects('environment', { ...development, environment }), objects('sample-service', { ...sample, environment })]),
  ])
  return [...parts.flat(), ...[...environmentNames, 'observability', 'audit'].map(unsealer)]
}

function unsealer(namespace: string): Loose {
  return {
    kind: 'RoleBinding', metadata: { name: 'sealed-secrets-unsealer', namespace },
    roleRef: { kind: 'ClusterRole', name: 'sealed-secrets-unsealer' }, subjects: [{ kind: 'ServiceAccount', namespace: 'sealed-secrets', name: 'sealed-secrets' }],
  }
}

const rule = (verbs: string[], group: string, resources: string[]) => ({ verbs, apiGroups: [group], resources })

/** What a cluster brings along, as far as a breach binds it: excerpts of the default roles, and LKE's administrator. */
const cluster: readonly Loose[] = [
  { kind: 'Namespace', metadata: { name: 'kube-system' } },
  { kind: 'ServiceAccount', metadata: { name: 'lke-admin', namespace: 'kube-system' } },
  { kind: 'ClusterRole', metadata: { name: 'cluster-admin' }, rules: [rule(['*'], '*', ['*'])] },
  { kind: 'ClusterRoleBinding', metadata: { name: 'lke-admin' }, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'lke-admin' }] },
  { kind: 'ClusterRoleBinding', metadata: { name: 'kubeadm:cluster-admins' }, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'Group', name: 'kubeadm:cluster-admins' }] },
  {
    kind: 'ClusterRole', metadata: { name: 'view' }, rules: [rule(['get', 'list', 'watch'], '', ['pods', 'configmaps', 'endpoints'])],
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } }] },
  },
  { kind: 'ClusterRole', metadata: { name: 'edit' }, rules: [rule(['impersonate'], '', ['serviceaccounts']), rule(['get', 'list', 'watch'], '', ['secrets']), rule(['create', 'get'], '', ['pods/exec'])] },
  { kind: 'ClusterRole', metadata: { name: 'admin' }, rules: [rule(['impersonate'], '', ['serviceaccounts']), rule(['create', 'update'], 'rbac.authorization.k8s.io', ['roles', 'rolebindings'])] },
]

/** Facts out of rendered objects. Pods are taken from what makes them; their tokens lie where the template says so. */
export function factsOf(shipped: readonly Loose[], more: readonly Loose[] = []) {
  const all = [...cluster, ...shipped, ...more]
  const of = (kind: string): unknown => all.filter((object) => object.kind === kind)
  // What Helm renders has the shape that the API server takes, and gives back.
  const facts = factsFrom({
    roles: of('Role'), clusterRoles: of('ClusterRole'), roleBindings: of('RoleBinding'), clusterRoleBindings: of('ClusterRoleBinding'), accounts: of('ServiceAccount'), pods: [],
    namespaces: of('Namespace'), policies: of('ValidatingAdmissionPolicy'), policyBindings: of('ValidatingAdmissionPolicyBinding'),
  } as RightsObjects)
  return { ...facts, pods: all.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet').map(podOf) }
}

function podOf({ metadata, ...object }: Loose) {
  const { template } = object['spec'] as { template: { spec: { serviceAccountName?: string, automountServiceAccountToken?: boolean } } }
  return { namespace: metadata.namespace ?? '', name: metadata.name, account: template.spec.serviceAccountName ?? 'default', token: template.spec.automountServiceAccountToken !== false }
}
