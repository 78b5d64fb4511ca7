import type { V1Pod } from '@kubernetes/client-node'
import type { EnvironmentName } from '../../intent/environments.ts'
import { probeContainer, probeImage, restrictedContainer, restrictedPod, runLabels } from '../probes/manifests.ts'
import type { AccessAttempt } from '../verdict.ts'
import type { Escalation } from './audit.ts'
import { attempting } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** A request whose URI carries a mark, with the moments before and after it by the runner's clock. */
export interface MarkedRequest {
  mark: string
  attempt: AccessAttempt
  sent: Date
  answered: Date
}

async function marked(mark: string, attempt: () => Promise<AccessAttempt>): Promise<MarkedRequest> {
  const sent = new Date()
  return { mark, attempt: await attempt(), sent, answered: new Date() }
}

/** Asks for something that does not exist and would not be the verifier's to touch. */
export async function escalate({ cluster, namespaceOf }: Platform, { verb, resource, environment }: Escalation, mark: string): Promise<MarkedRequest> {
  const object = { namespace: namespaceOf(environment), name: mark }
  const trial = { ...object, dryRun: 'All' }
  const what = `the verifier ${verb} ${resource} ${mark} in ${environment}`
  const request = (): Promise<unknown> => {
    if (resource === 'roles') return cluster.rbac.deleteNamespacedRole(trial)
    if (resource === 'rolebindings') return cluster.rbac.deleteNamespacedRoleBinding(trial)
    return verb === 'get' ? cluster.core.readNamespacedSecret(object) : cluster.core.deleteNamespacedSecret(trial)
  }
  return await marked(mark, () => attempting(what, request()))
}

/** The control: a request that the verifier is for. */
export async function look({ cluster, namespaceOf }: Platform, environment: EnvironmentName, mark: string): Promise<MarkedRequest> {
  const namespace = namespaceOf(environment)
  return await marked(mark, () => attempting(`the verifier list pods in ${environment}`, cluster.core.listNamespacedPod({ namespace, labelSelector: mark })))
}

/** Offers a pod by dry run; without the run's label a guardrail refuses it, whatever the verifier may create. */
export async function offer({ cluster, namespaceOf }: Platform, environment: EnvironmentName, { mark, labelled, run }: { mark: string, labelled: boolean, run: string }): Promise<MarkedRequest> {
  const namespace = namespaceOf(environment)
  const body: V1Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: mark, labels: labelled ? runLabels(run) : {} },
    spec: { ...restrictedPod, containers: [{ name: probeContainer, image: probeImage, ...restrictedContainer }] },
  }
  const what = `the verifier create a pod ${labelled ? 'with' : 'without'} the label of the run in ${environment}`
  return await marked(mark, () => attempting(what, cluster.core.createNamespacedPod({ namespace, body, dryRun: 'All', fieldManager: mark })))
}
