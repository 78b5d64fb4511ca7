import type { V1NetworkPolicySpec } from '@kubernetes/client-node'
import { featureCells, featureClients, featureControls, featurePorts, featureServer, portNames } from '../../intent/policy-features.ts'
import type { Endpoint } from '../../intent/endpoints.ts'
import type { JudgedCell } from '../cell.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { readSegmentation } from '../platform/segmentation.ts'
import { compareTables, type ThreeTables } from '../three-tables.ts'
import { agentsIn } from './agents.ts'
import { computeCells } from './computed.ts'
import type { Fleet } from './fleet.ts'
import { judgedCell } from './judged.ts'
import { endpointLabel, runLabels } from './manifests.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'
import { observeTraffic, settleRoutes } from './pass.ts'
import { startMember } from './run-pod.ts'

interface World extends OwnPlace { platform: Platform }

/** The cells of the policy features as they were seen, beside the other two tables. */
export interface FeaturePass { cells: JudgedCell[], tables: ThreeTables, seconds: number }

/**
 * Makes a namespace with policies of its own, three pods in it, and tries every cell. The policies that close stand before the pods start; what
 * is added then, for want of an address before, opens only. Rejects with IndeterminateError when any of it cannot be had.
 */
export async function tryPolicyFeatures({ platform, run }: World): Promise<FeaturePass> {
  const namespace = await ownNamespace({ platform, run }, 'features')
  const plant = (name: string, spec: V1NetworkPolicySpec) => reading(`plant the network policy ${name} in ${namespace}`, platform.cluster.networking.createNamespacedNetworkPolicy({
    namespace, body: { metadata: { name, namespace, labels: runLabels(run.label) }, spec },
  }))
  await Promise.all(Object.entries(closing).map(([name, spec]) => plant(name, spec)))
  const members = await Promise.all([featureServer, featureClients.near, featureClients.far].map((endpoint) => startMember({ platform, run }, endpoint, { namespace, listening: { ports: Object.values(featurePorts), names: portNames } })))
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
