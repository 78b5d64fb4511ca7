import { verifier } from '../../intent/environments.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { refusalOf } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { runLabels } from './manifests.ts'

export interface OwnPlace {
  platform: Pick<Platform, 'cluster' | 'namespaceOf'>
  /** `label` is the lower-cased run id. */
  run: { label: string } & RunRecord
}

/** A namespace of the run's own without any policy, in which it binds itself to work. Its removal is the run's. Rejects with IndeterminateError when it cannot be made. */
export async function ownNamespace({ platform: { cluster }, run }: OwnPlace, purpose: string): Promise<string> {
  const name = `plumbline-probe-${purpose}-${run.label}`
  const labels = { ...runLabels(run.label), 'pod-security.kubernetes.io/enforce': 'restricted' }
  try {
    await cluster.core.createNamespace({ body: { metadata: { name, labels } } })
    run.created(`Namespace ${name}`)
    await cluster.rbac.createNamespacedRoleBinding({
      namespace: name,
      body: {
        metadata: { name: 'plumbline-probe', labels: runLabels(run.label) },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'plumbline-probe' },
        subjects: [{ kind: 'ServiceAccount', namespace: verifier.namespace, name: verifier.serviceAccount }],
      },
    })
    return name
  }
  catch (error) {
    throw new IndeterminateError(`expected to make the namespace ${name}, but ${refusalOf(error).message}`)
  }
}
