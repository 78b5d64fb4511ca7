/** What must arrive from every environment with its tag (FR-008), and the series in which it arrives. */
export interface Signal {
  what: string
  metric: string
  /** The label in which the source itself says where it comes from; its value begins with the environment's name. */
  origin: 'namespace' | 'service'
}

export const signals: readonly Signal[] = [
  { what: 'CPU', metric: 'container_cpu_usage_seconds_total', origin: 'namespace' },
  { what: 'memory', metric: 'container_memory_working_set_bytes', origin: 'namespace' },
  { what: 'workload events (phases of pods)', metric: 'kube_pod_status_phase', origin: 'namespace' },
  { what: 'workload events (restarts)', metric: 'kube_pod_container_status_restarts_total', origin: 'namespace' },
  { what: 'ingress requests', metric: 'traefik_service_requests_total', origin: 'service' },
]

/** Health of the nodes that carry an environment: derived, since a node belongs to nobody. */
export const nodeHealth = { what: 'node health', metric: 'environment:node_ready:ratio', source: 'kube_node_status_condition' } as const

/** What is probed for every environment, and from where (NFR-001). */
export const probedServices = ['api-server', 'etcd', 'ingress'] as const
export type ProbedService = (typeof probedServices)[number]
export const vantages = ['inside', 'outside'] as const
