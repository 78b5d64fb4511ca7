import type { V1Pod } from '@kubernetes/client-node'
import type { z } from 'zod'
import { runLabel } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { execIn } from '../platform/exec.ts'
import { probeContainer, probeImage, restrictedContainer, restrictedPod, runLabels } from './manifests.ts'
import type { OwnPlace } from './own-namespace.ts'
import { startReadyPod } from './run-pod.ts'

/** What tells the pods of one purpose from the other pods of a run. */
const purposeLabel = 'plumbline.dev/purpose'

/** A pod in which the agent runs in one of its modes. */
export interface AgentPod { namespace: string, name: string, ip: string, node: string }

export interface AgentWish {
  namespace: string
  purpose: string
  args: readonly string[]
  /** In the place of what a probe's pod and its container have. */
  pod?: object
  container?: object
}

/** Labels of the pods of one purpose; also what a policy selects them by. */
export function labelsOfPurpose(run: string, purpose: string): Record<string, string> {
  return { [runLabel]: run, [purposeLabel]: purpose }
}

/** Selects the pods of one purpose. */
export function selectorOf(run: string, purpose: string): string {
  return Object.entries(labelsOfPurpose(run, purpose)).map(([name, value]) => `${name}=${value}`).join(',')
}

/** A pod that measures time gets processor time also on a busy machine. In a namespace of the run's own no quota counts it. */
export const measuring = { resources: { requests: { cpu: '250m', memory: '16Mi' }, limits: { cpu: '1', memory: '64Mi' } } } as const

/** The pod as it is asked for. Pods of a run are entered only when their name begins with `probe-`. */
export function agentPod({ namespace, purpose, args, pod = {}, container = {} }: AgentWish, { name, run }: { name: string, run: string }): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...runLabels(run), ...labelsOfPurpose(run, purpose) } },
    spec: {
      ...restrictedPod,
      containers: [{ name: probeContainer, image: probeImage, imagePullPolicy: 'Always', args: [...args], ...restrictedContainer, ...container }],
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { [runLabel]: run } } }],
      ...pod,
    },
  }
}

/** Starts one and waits until it runs. Rejects with IndeterminateError when it does not. */
export async function startAgent(place: OwnPlace, wish: AgentWish): Promise<AgentPod> {
  const { namespace, purpose } = wish
  const { label } = place.run
  const name = `probe-${purpose}-${label}`
  const { ip, node } = await startReadyPod(place, { namespace, body: agentPod(wish, { name, run: label }), budget: budgets.workloadStart })
  return { namespace, name, ip, node }
}

/** Ends pods that have nothing more to say: what sends until it is ended takes processor time from every case that follows. Never rejects: what is left goes with the run, which says so when it does not. */
export async function endAgents({ platform: { cluster: { core } } }: OwnPlace, agents: readonly Pick<AgentPod, 'namespace' | 'name'>[]): Promise<void> {
  await Promise.all(agents.map(({ namespace, name }) => core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 }).catch(() => undefined)))
}

/** What the mode that runs in the pod says when it is asked. Rejects with IndeterminateError when it cannot be asked. */
export async function ask<T>({ platform: { cluster } }: OwnPlace, { namespace, name }: Pick<AgentPod, 'namespace' | 'name'>, schema: z.ZodType<T>): Promise<T> {
  const text = await execIn(cluster.config, { namespace, pod: name, container: probeContainer }, ['/probe-agent', 'ask'], { input: '', budget: budgets.probeExec })
  return schema.parse(JSON.parse(text))
}
