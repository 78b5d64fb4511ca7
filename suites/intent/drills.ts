import type { RequirementId } from '../requirements/catalogue.ts'
import type { EnvironmentName } from './environments.ts'

/** Where a drill can be tried: a fault that only a stand-in has on request cannot be asked for on a real account. */
export type DrillTarget = 'sandbox' | 'lke'

/** What is known of a drill before it begins: what its people are told and agree to, and what its case is held against. */
export interface DrillFacts {
  /** As in `plumbline drill NAME`; its case is `drills/<name>`. */
  name: string
  title: string
  requirements: readonly RequirementId[]
  /** What it changes or takes away, each in a few words. */
  touches: readonly string[]
  /** What ends it early, beside what ends every drill (commonAborts). */
  aborts: readonly string[]
  /** How long it is expected to take with all that is put back, minutes. */
  minutes: number
  /** What its requirement allows for the steps together, seconds; absent where no requirement says a time. */
  seconds?: number
  /** Environments that it takes away for a while, and for how many seconds on end; for all others reachableWithin counts. */
  suffers?: Readonly<Partial<Record<EnvironmentName, number>>>
  /** Beginnings of the names of what it renews on purpose and does not take back, as in the digests (`Secret staging/data-store`). */
  renews?: readonly string[]
  /** What its people go by: a guide below docs/, and the heading of the section when it is not the whole guide. */
  runbook: { file: string, heading?: string }
  targets: readonly DrillTarget[]
}

/** How long an environment may be out of reach on end before a drill that does not say otherwise is ended, seconds: three looks in a row and the time that a call may take. */
export const reachableWithin = 10

/** What ends every drill, whatever it does. */
export const commonAborts = [
  'a packet is delivered in a denied cell of the traffic table',
  `an environment is out of reach for more than ${String(reachableWithin)} s on end, unless the drill says that it suffers`,
] as const

/** How often a requirement's drills have to be held, days: once a quarter (NFR-007). Evidence that is older is stale. */
export const drillsWithin = 92

const everywhere = ['sandbox', 'lke'] as const

/** What a new kubeconfig of the administrator changes for good: the cluster as the state has it, and the version that the secrets store keeps. */
const administratorsKubeconfig = ['Terraform state: module.cluster.linode_lke_cluster.this', 'stored secret platform/admin-kubeconfig'] as const

/** Every drill, by the camel-cased name. */
export const drills = {
  chartRollback: {
    name: 'chart-rollback',
    title: 'a harmful change of releases is taken back by Helm',
    requirements: ['SC-007', 'NFR-007'],
    touches: ['the releases of every environment: another threshold for their autoscalers, and back', 'the platform\'s room: 30 services in each environment run meanwhile'],
    aborts: ['the change itself does not end well'],
    minutes: 10,
    seconds: 15 * 60,
    runbook: { file: 'platform/change-and-rollback.md', heading: 'Take a release back' },
    targets: everywhere,
  },
  terraformRollback: {
    name: 'terraform-rollback',
    title: 'a change of Terraform is taken back by applying what was before',
    requirements: ['SC-007', 'NFR-007'],
    touches: ['the Terraform state, and one more pool of the cluster without anything on it', 'the platform\'s room: 30 services in each environment run meanwhile'],
    aborts: ['the change itself does not end well'],
    minutes: 10,
    seconds: 15 * 60,
    runbook: { file: 'platform/change-and-rollback.md', heading: 'Take a change of Terraform back' },
    targets: everywhere,
  },
  secretRotation: {
    name: 'secret-rotation',
    title: 'a service under load gets another password of its data store, and the one before it is refused',
    requirements: ['US-003.3', 'FR-005'],
    touches: ['the password of the data store of development: a new one, for good', 'the sample service of development: its pods are rolled over under load'],
    aborts: ['the load cannot be made'],
    minutes: 6,
    renews: ['Secret development/data-store', 'stored secret development/data-store', 'Deployment development/sample-service'],
    runbook: { file: 'platform/secrets.md', heading: 'Rotation' },
    targets: everywhere,
  },
  nodeMaintenance: {
    name: 'node-maintenance',
    title: 'a maintenance that Linode announces for the system pool\'s node is done without the other environments noticing',
    requirements: ['US-001.3'],
    touches: ['the node of the pool for system: cordoned and drained, and back', 'every pod on it: it starts anew on another node'],
    aborts: ['the node cannot be drained'],
    minutes: 6,
    suffers: { system: 60 },
    runbook: { file: 'platform/nodes.md', heading: 'Maintenance that Linode announces' },
    targets: ['sandbox'],
  },
  dataStoreRestart: {
    name: 'data-store-restart',
    title: 'the data store is stopped and started, and the service of every environment works with it again',
    requirements: ['FR-006'],
    touches: ['the data store of every environment: nobody is answered for a moment, on Linode for minutes'],
    aborts: ['the data store cannot be suspended'],
    minutes: 4,
    // A service without its data store is not ready after three looks of 5 s, and the ingress leads nobody to it until it is looked at again.
    suffers: { development: 60, staging: 60, production: 60, system: 60 },
    runbook: { file: 'platform/data-store.md', heading: 'Start the server' },
    targets: everywhere,
  },
  escalationAlerted: {
    name: 'escalation-alerted',
    title: 'an attempted escalation is in the platform channel within 5 minutes, and its runbook leads to who, what and where',
    requirements: ['US-003.4'],
    touches: ['the platform channel: one message about an attempt of the verifier'],
    aborts: ['nobody evaluates the alerts on the log store'],
    minutes: 6,
    seconds: 5 * 60,
    runbook: { file: 'runbooks/EscalationAttempted.md', heading: 'Look' },
    targets: ['sandbox'],
  },
  logStoreOutage: {
    name: 'log-store-outage',
    title: 'the log store is away for a while, and what was logged meanwhile arrives afterwards',
    requirements: ['FR-008'],
    touches: ['the log store: nobody can search it for a while', 'what it held before, where it has no volume: that ends with its pod, as on the sandbox'],
    aborts: ['the log store cannot be stopped'],
    minutes: 5,
    runbook: { file: 'platform/log-store.md', heading: 'Bring it back' },
    targets: everywhere,
  },
  segmentationOverride: {
    name: 'segmentation-override',
    title: 'an override opens exactly its way, and ends by itself',
    requirements: ['FR-009'],
    touches: ['the segmentation: one way from a pod of the run in staging to one in production, for a minute', 'the record of overrides: one more'],
    aborts: ['nobody is there to approve it'],
    minutes: 5,
    runbook: { file: 'platform/network-override.md' },
    targets: everywhere,
  },
  minimumConnectivity: {
    name: 'minimum-connectivity',
    title: 'an environment is closed as far as it goes, and what every service needs still works, and nothing else',
    requirements: ['FR-003', 'FR-009'],
    touches: ['the network policies of staging: pods do not reach their neighbours for a while'],
    aborts: ['the policies cannot be taken away'],
    minutes: 5,
    runbook: { file: 'platform/strictest-segmentation.md', heading: 'Open it again' },
    targets: everywhere,
  },
  nodeLoss: {
    name: 'node-loss',
    title: 'a node is lost, its pods come back on others, and its pool has another one in its place',
    requirements: ['US-001.3'],
    touches: ['one node: its machine is deleted and another one made in its place', 'every pod on it: it starts anew, with nothing of what lay on the node\'s disk (the log store and Prometheus are spared when another node runs services as well)'],
    aborts: ['the node cannot be taken away'],
    minutes: 8,
    suffers: { development: 90, staging: 90, production: 90, system: 90 },
    runbook: { file: 'platform/nodes.md', heading: 'A node is gone' },
    targets: ['sandbox'],
  },
  quotaExhausted: {
    name: 'quota-exhausted',
    title: 'an account limit is met at each request by which a run makes machines',
    requirements: ['US-001.4'],
    touches: ['the Linode API: it says that a limit is reached', 'two further pools of one machine each, which nothing runs on, and which are removed again'],
    aborts: ['a run of the pipeline leaves what it cannot undo'],
    minutes: 12,
    runbook: { file: 'platform/pipeline.md', heading: 'When an account limit is reached' },
    targets: ['sandbox'],
  },
  regionCapacity: {
    name: 'region-capacity',
    title: 'the region has no machines: it says so, or takes the order and starts none',
    requirements: ['FR-010'],
    touches: ['the Linode API: it refuses machines, then accepts and never starts them', 'two further pools of one machine each, which nothing runs on, and which are removed again'],
    aborts: ['a run of the pipeline leaves what it cannot undo'],
    minutes: 12,
    runbook: { file: 'platform/pipeline.md', heading: 'When the region has no room' },
    targets: ['sandbox'],
  },
  stateCorruption: {
    name: 'state-corruption',
    title: 'the Terraform state is truncated, becomes another platform\'s, and keeps a lock that nobody holds',
    requirements: ['NFR-009'],
    touches: ['the Terraform state: a truncated version, one of another lineage and a forged lock are stored, and the version before is restored'],
    aborts: ['the version to go back to cannot be told'],
    minutes: 8,
    seconds: 15 * 60,
    runbook: { file: 'platform/disaster-recovery.md', heading: 'Go back to an older version' },
    targets: everywhere,
  },
  driftReconciliation: {
    name: 'drift-reconciliation',
    title: 'what somebody changed by hand in Linode, in Helm and in the cluster is named and put right',
    requirements: ['FR-010'],
    touches: ['the firewall of the nodes: one more inbound rule', 'the release sample-service-development: another value', 'a label of the namespace audit'],
    aborts: ['what is planted is not what drift finds'],
    minutes: 6,
    seconds: 15 * 60,
    runbook: { file: 'platform/drift.md', heading: 'How to put it right' },
    targets: everywhere,
  },
  credentialRevocation: {
    name: 'credential-revocation',
    title: 'a kubeconfig that was issued, and the administrator\'s, are taken out of force',
    requirements: ['FR-002'],
    touches: ['an access that is issued to somebody of the drill, and revoked', 'the administrator\'s kubeconfig of the cluster: everybody who holds the old one is cut off'],
    aborts: ['the new kubeconfig does not work'],
    minutes: 6,
    renews: administratorsKubeconfig,
    runbook: { file: 'platform/access.md', heading: 'Take it away' },
    targets: everywhere,
  },
  breakGlass: {
    name: 'break-glass',
    title: 'the administrator\'s kubeconfig is taken out with two approvals, used, and given back',
    requirements: ['FR-002'],
    touches: ['the administrator\'s kubeconfig of the cluster: it is taken out, and made anew afterwards'],
    aborts: ['an approval is not given'],
    minutes: 6,
    renews: administratorsKubeconfig,
    runbook: { file: 'platform/access.md', heading: 'Break-glass' },
    targets: everywhere,
  },
  accessLoss: {
    name: 'access-loss',
    title: 'the administrator\'s kubeconfig is dead, and the access list locks everybody out',
    requirements: ['FR-002'],
    touches: ['the administrator\'s kubeconfig of the cluster: made anew without the platform being told', 'the control-plane access list: for a moment it names nobody who is here'],
    aborts: ['the Linode API does not let anybody back in'],
    minutes: 6,
    seconds: 15 * 60,
    renews: administratorsKubeconfig,
    runbook: { file: 'platform/linode-access.md', heading: 'The access list locks everybody out' },
    targets: everywhere,
  },
  providerOutage: {
    name: 'provider-outage',
    title: 'the Linode API refuses now and then, answers late, and is in maintenance, while the pipeline runs',
    requirements: ['FR-010'],
    touches: ['the Linode API: 503 and 429, late answers, then maintenance'],
    aborts: ['a run of the pipeline changes the platform although the API is in maintenance'],
    minutes: 8,
    runbook: { file: 'platform/pipeline.md', heading: 'When the Linode API does not answer' },
    targets: ['sandbox'],
  },
} as const satisfies Record<string, DrillFacts>

/** Every drill, in the order in which they are held in a row. */
export const allDrills: readonly DrillFacts[] = Object.values(drills)

/** Id of the case that holds a drill. */
export function drillCase({ name }: Pick<DrillFacts, 'name'>): string {
  return `drills/${name}`
}
