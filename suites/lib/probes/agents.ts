import type { Platform } from '../platform/platform.ts'
import { budgets } from '../budgets.ts'
import { execIn } from '../platform/exec.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Member } from './fleet.ts'
import { probeContainer, probeName } from './manifests.ts'
import { parseResponse, requestLine, type AgentCell, type AgentResult } from './protocol.ts'

export type ReadyMember = Extract<Member, { ready: true }>

/** The agents in the pods, as the pass uses them. */
export interface Agents {
  /** Makes all attempts at once from the member; results by cell id. Rejects when the batch as a whole could not be run. */
  attempt: (member: ReadyMember, cells: readonly AgentCell[]) => Promise<ReadonlyMap<string, AgentResult>>
  /** Everything the member's listener has logged. */
  log: (member: ReadyMember) => Promise<string>
}

/** Agents reached through the API server: exec and logs go through the kubelet, which no network policy stops. */
export function agentsIn(platform: Platform, run: string): Agents {
  return {
    attempt: async (member, cells) => {
      const target = { namespace: member.namespace, pod: probeName(member.endpoint, run), container: probeContainer }
      const input = requestLine(budgets.probeAttempt.milliseconds, cells)
      return parseResponse(await execIn(platform.cluster.config, target, ['/probe-agent', 'probe'], { input, budget: budgets.probeExec }), cells)
    },
    log: (member) => {
      const name = probeName(member.endpoint, run)
      return reading(`read the log of ${member.namespace}/${name}`, platform.cluster.core.readNamespacedPodLog({ namespace: member.namespace, name, container: probeContainer }))
    },
  }
}
