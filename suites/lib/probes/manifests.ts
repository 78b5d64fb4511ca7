import type { V1Container, V1Pod, V1PodSpec, V1Service, V1ServiceSpec } from '@kubernetes/client-node'
import { listenerPort, reachableLabel, wornBy, type Endpoint } from '../../intent/endpoints.ts'
import { runLabel } from '../../intent/environments.ts'
import { hasEveryRoute, protocols, type Protocol } from '../../intent/routes.ts'

/** The agent of suites/lib/probes/agent, under the name that the platform's registry knows. */
export const probeImage = 'ghcr.io/plumbline-dev/probe-agent:0.2.0'
export const probeContainer = 'agent'
/** Which endpoint a pod is; its value is the endpoint's name. */
export const endpointLabel = 'plumbline.dev/endpoint'

/** A probe that outlives its run (the runner was killed) ends by itself after this many seconds. */
const longestLife = 1800

/** Where a pod must not run: for one that watches what happens to that node. */
export function awayFrom(node: string | undefined): Pick<V1PodSpec, 'affinity'> {
  if (node === undefined) return {}
  const elsewhere = { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: [node] }] }] }
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: elsewhere } } }
}

/** Object name of an endpoint's pod and of its Service. */
export function probeName(endpoint: Endpoint, run: string): string {
  return `probe-${endpoint.name}-${run}`
}

/** The labels that a run's objects carry; `run` is the lower-cased run id. */
export function runLabels(run: string): Record<string, string> {
  return { [runLabel]: run, 'app.kubernetes.io/name': 'plumbline-probe', 'app.kubernetes.io/managed-by': 'plumbline' }
}

/** Settings that every probe container needs under Pod Security level restricted. */
export const restrictedContainer = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: 65532,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
} as const satisfies Partial<V1Container>

/** What every pod that a run makes has in common: no token and no Secret. */
export const restrictedReplica = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 0,
} as const

/** A pod that nothing replaces also has an end. */
export const restrictedPod = { ...restrictedReplica, restartPolicy: 'Never', activeDeadlineSeconds: longestLife } as const

/** The ports of a listener, for both protocols, and what it calls its usual one. */
export interface Listening { ports: readonly number[], names: Readonly<Record<Protocol, string>> }
const usualListening: Listening = { ports: [listenerPort], names: { TCP: 'tcp', UDP: 'udp' } }

/** How a probe differs from the usual: what it listens on, and the node it must not be on. */
export interface ProbePodTerms {
  listening?: Listening
  notOn?: string | undefined
}

/** The pod of an endpoint. It lives under the environment's own policies; an exposed one, and whoever claims to be one, carries the label that asks to be reached. */
export function probePod(endpoint: Endpoint, namespace: string, run: string, { listening: { ports, names } = usualListening, notOn }: ProbePodTerms = {}): V1Pod {
  const list = ports.join(',')
  const labels = {
    ...runLabels(run),
    ...(endpoint.exposure === 'impostor' ? wornBy(endpoint) : {}),
    [endpointLabel]: endpoint.name,
    ...(endpoint.exposure === 'exposed' ? { [reachableLabel.name]: reachableLabel.value } : {}),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: probeName(endpoint, run), namespace, labels },
    spec: {
      ...restrictedPod,
      ...awayFrom(notOn),
      // The name of the pod under the Service without an address.
      hostname: endpoint.name,
      subdomain: headlessServiceName(endpoint, run),
      containers: [{
        name: probeContainer,
        image: probeImage,
        // Asked for at every start, so that what runs is what the registry holds now and not what a node once kept.
        imagePullPolicy: 'Always',
        args: ['listen', '-id', endpoint.id, '-tcp', list, '-udp', list],
        ports: protocols.map((protocol) => ({ containerPort: listenerPort, protocol, name: names[protocol] })),
        securityContext: restrictedContainer.securityContext,
        resources: restrictedContainer.resources,
      }],
      // On different nodes where there are any, so that both same-node and cross-node paths are probed.
      topologySpreadConstraints: [{
        maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { [runLabel]: run } },
      }],
    },
  }
}

/** The Services of an endpoint, for attempts by name and by node: all kinds for one that has every route. */
export function probeServices(endpoint: Endpoint, namespace: string, run: string): V1Service[] {
  if (endpoint.exposure !== 'exposed' && endpoint.exposure !== 'outsider') return []
  const service = (name: string, more: Partial<V1ServiceSpec>): V1Service => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: runLabels(run) },
    spec: {
      selector: { [runLabel]: run, [endpointLabel]: endpoint.name },
      ports: [{ name: 'tcp', port: listenerPort, protocol: 'TCP' }, { name: 'udp', port: listenerPort, protocol: 'UDP' }],
      ...more,
    },
  })
  return [
    service(probeName(endpoint, run), hasEveryRoute(endpoint) ? { type: 'NodePort' } : {}),
    ...hasEveryRoute(endpoint) ? [service(headlessServiceName(endpoint, run), { clusterIP: 'None' })] : [],
  ]
}

function headlessServiceName(endpoint: Endpoint, run: string): string {
  return `${probeName(endpoint, run)}-direct`
}

/** Absolute names: the final dot keeps the resolver from trying search domains. */
export function namesOf(endpoint: Endpoint, namespace: string, run: string): Record<'service' | 'headless' | 'headless-pod', string> {
  const headless = `${headlessServiceName(endpoint, run)}.${namespace}.svc.cluster.local.`
  return { service: `${probeName(endpoint, run)}.${namespace}.svc.cluster.local.`, headless, 'headless-pod': `${endpoint.name}.${headless}` }
}
