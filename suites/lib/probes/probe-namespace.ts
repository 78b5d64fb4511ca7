import { verifier } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { refusalOf } from '../platform/kubernetes.ts'
import type { ClusterClients } from '../platform/platform.ts'
import { runLabels } from './manifests.ts'

/**
 * Makes a namespace of the run, with a binding that lets the runner work in it, and waits until the authorizer knows that binding. Resolves with why it
 * could not be had, or undefined.
 */
export async function makeNamespace({ clients, run, record }: { clients: ClusterClients, run: string, record: Pick<RunRecord, 'created'> }, name: string, labels: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    await clients.core.createNamespace({ body: { metadata: { name, labels: { ...labels, ...runLabels(run) } } } })
    record.created(`Namespace ${name}`)
    await clients.rbac.createNamespacedRoleBinding({
      namespace: name,
      body: {
        metadata: { name: 'plumbline-probe', labels: runLabels(run) },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'plumbline-probe' },
        subjects: [{ kind: 'ServiceAccount', namespace: verifier.namespace, name: verifier.serviceAccount }],
      },
    })
    const may = () => clients.authorization.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes: { namespace: name, verb: 'create', resource: 'pods' } } } }).then(({ status }) => status?.allowed === true)
    const { value } = await converge(may, budgets.rightsKnown, { consecutive: 1, until: (allowed) => allowed })
    return value ? undefined : `the binding in the namespace ${name} was not in force within ${budgets.rightsKnown.milliseconds / 1000} s`
  }
  catch (error) {
    return `the namespace ${name} could not be made: ${refusalOf(error).message}`
  }
}
