import type { V1NetworkPolicy, V1NetworkPolicyPeer } from '@kubernetes/client-node'
import type { Override } from './cells.ts'

export const overrideLabel = 'plumbline.dev/override'
export const expiryAnnotation = 'plumbline.dev/expires-at'
export const approvalAnnotation = 'plumbline.dev/approval'

/** Name of the network policies of an override, and the value of their label. */
export function policyName(id: string): string {
  return `override-${id.toLowerCase()}`
}

/**
 * The two network policies of an override: one lets the pods of the source out, one lets them into the target; neither alone opens
 * anything. `id` is the ULID of the approved request.
 */
export function policiesOf(id: string, { from, to, port, protocol, fromPods, toPods }: Override, expiresAt: Date): V1NetworkPolicy[] {
  const ports = [{ protocol, port }]
  const made = (namespace: string, spec: NonNullable<V1NetworkPolicy['spec']>): V1NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: policyName(id),
      namespace,
      labels: { [overrideLabel]: id.toLowerCase(), 'app.kubernetes.io/part-of': 'plumbline' },
      annotations: { [approvalAnnotation]: id, [expiryAnnotation]: expiresAt.toISOString() },
    },
    spec,
  })
  return [
    made(from, { podSelector: { matchLabels: fromPods }, policyTypes: ['Egress'], egress: [{ to: [peer(to, toPods)], ports }] }),
    made(to, { podSelector: { matchLabels: toPods }, policyTypes: ['Ingress'], ingress: [{ _from: [peer(from, fromPods)], ports }] }),
  ]
}

/** The one label of a namespace that nobody can give to another. */
function peer(environment: string, pods: Record<string, string>): V1NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': environment } }, podSelector: { matchLabels: pods } }
}
