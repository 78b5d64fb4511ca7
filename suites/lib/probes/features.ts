import type { V1NetworkPolicySpec } from '@kubernetes/client-node'
import { featureCells, featureClients, featureControls, featurePorts, featureServer, portNames } from '../../intent/policy-features.ts'
import type { Endpoint } from '../../intent/endpoints.ts'
import { budgets } from '../budgets.ts'
import type { Run } from '../case.ts'
import type { JudgedCell } from '../cell.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { readSegmentation } from '../platform/segmentation.ts'
import { compareTables, type ThreeTables } from '../three-tables.ts'
import { agentsIn, type ReadyMember } from './agents.ts'
import { computeCells } from './computed.ts'
import type { Fleet } from './fleet.ts'
import { judgedCell } from './judged.ts'
import { endpointLabel, probeName, probePod, runLabels } from './manifests.ts'
import { makeNamespace } from './probe-namespace.ts'
import { observeTraffic, settleRoutes } from './pass.ts'
import { podState } from './pod-status.ts'

interface World { platform: Platform, run: Pick<Run, 'label' | 'created'> }

/** The cells of the policy features as they were seen, beside the other two tables. */
export interface FeaturePass { cells: JudgedCell[], tables: ThreeTables, seconds: number }

/**
 * Makes a namespace with policies of its own, three pods in it, and tries every cell. The policies that close stand before the pods start; what
 * is added then, for want of an address before, opens only. Rejects with IndeterminateError when any of it cannot be had.
 */
export async function tryPolicyFeatures({ platform, run }: World): Promise<FeaturePass> {
  const namespace = `plumbline-probe-features-${run.label}`
  const why = await makeNamespace({ clients: platform.cluster, run: run.label, record: run }, namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' })
  if (why !== undefined) throw new IndeterminateError(`expected a namespace to try policy features in, but ${why}`)
  const plant = (name: string, spec: V1NetworkPolicySpec) => reading(`plant the network policy ${name} in ${namespace}`, platform.cluster.networking.createNamespacedNetworkPolicy({
    namespace, body: { metadata: { name, namespace, labels: runLabels(run.label) }, spec },
  }))
  await Promise.all(Object.entries(closing).map(([name, spec]) => plant(name, spec)))
  const members = await Promise.all([featureServer, featureClients.near, featureClients.far].map((endpoint) => start({ platform, run }, endpoint, namespace)))
  const far = members.find(({ endpoint }) => endpoint === featureClients.far)
  await plant('address-block', blockWithout(far?.ip ?? ''))
  return await tryIn({ platform, run }, { run: run.label, members, milliseconds: 0 }, namespace)
}

async function tryIn({ platform, run }: World, fleet: Fleet, namespace: string): Promise<FeaturePass> {
  const agents = agentsIn(platform, run.label)
  await settleRoutes(fleet, agents, featureCells)
  const observations = await observeTraffic(fleet, agents, [...featureCells, ...featureControls])
  const live = await readSegmentation(platform.cluster, { namespaces: [namespace], run: run.label })
  const verdicts = computeCells(featureCells, fleet, live)
  const judged = featureCells.map((cell) => judgedCell(cell, observations, { verdicts, first: new Map(), policies: new Map([[featureServer.zone, live.policies.map(({ id }) => id)]]) }))
  return { cells: judged, tables: compareTables(judged, verdicts), seconds: observations.seconds }
}

const labelled = ({ name }: Endpoint) => ({ matchLabels: { [endpointLabel]: name } })

/** A denial of everything at the server, and what opens a part of it by a named port and by a range. */
const closing: Readonly<Record<string, V1NetworkPolicySpec>> = {
  closed: { podSelector: labelled(featureServer), policyTypes: ['Ingress'] },
  'named-port': { podSelector: labelled(featureServer), policyTypes: ['Ingress'], ingress: [{ _from: [{ podSelector: labelled(featureClients.near) }], ports: [{ port: portNames.TCP }] }] },
  'port-range': {
    podSelector: labelled(featureServer), policyTypes: ['Ingress'],
    ingress: [{ _from: [{ podSelector: labelled(featureClients.far) }], ports: [{ port: featurePorts.rangeFirst, endPort: featurePorts.rangeLast }] }],
  },
}

function blockWithout(address: string): V1NetworkPolicySpec {
  return { podSelector: labelled(featureServer), policyTypes: ['Ingress'], ingress: [{ _from: [{ ipBlock: { cidr: '0.0.0.0/0', except: [`${address}/32`] } }], ports: [{ port: featurePorts.block }] }] }
}

async function start({ platform: { cluster: { core } }, run }: World, endpoint: Endpoint, namespace: string): Promise<ReadyMember> {
  const body = probePod(endpoint, namespace, run.label, { ports: Object.values(featurePorts), names: portNames })
  const name = probeName(endpoint, run.label)
  await reading(`start the probe ${name} in ${namespace}`, core.createNamespacedPod({ namespace, body }))
  run.created(`Pod ${namespace}/${name}`)
  const look = async () => podState(await reading(`read the pod ${namespace}/${name}`, core.readNamespacedPod({ namespace, name })))
  const { value } = await converge(look, budgets.probeFleetReady, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })
  if (value.state !== 'ready') throw new IndeterminateError(`expected the probe ${name} to run in ${namespace}, but ${value.why}`)
  const { ip, node, nodeAddress, image } = value
  return { endpoint, namespace, ready: true, ip, node, nodeAddress, image }
}
