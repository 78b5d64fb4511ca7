import type { Platform } from '../platform/platform.ts'
import { budgets } from '../budgets.ts'
import { execIn } from '../platform/exec.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Member } from './fleet.ts'
import { probeContainer, probeName } from './manifests.ts'
import { parseResponse, requestLine, sctpIn, type AgentCell, type AgentResult } from './protocol.ts'

export type ReadyMember = Extract<Member, { ready: true }>

/** The agents in the pods, as the pass uses them. */
export interface Agents {
  /** Makes all attempts at once from the member; results by cell id. Rejects when the batch as a whole could not be run. */
  attempt: (member: ReadyMember, cells: readonly AgentCell[]) => Promise<ReadonlyMap<string, AgentResult>>
  /** Whether the kernel under the member has SCTP; undefined when its agent does not say. Rejects when it cannot be asked. */
  offersSctp: (member: ReadyMember) => Promise<boolean | undefined>
  /** Everything the member's listener has logged. */
  log: (member: ReadyMember) => Promise<string>
}

/** Agents reached through the API server: exec and logs go through the kubelet, which no network policy stops. */
export function agentsIn(platform: Platform, run: string): Agents {
  const ask = async (member: ReadyMember, cells: readonly AgentCell[]): Promise<string> => {
    const target = { namespace: member.namespace, pod: probeName(member.endpoint, run), container: probeContainer }
    return await execIn(platform.cluster.config, target, ['/probe-agent', 'probe'], { input: requestLine(budgets.probeAttempt.milliseconds, cells), budget: budgets.probeExec })
  }
  return {
    attempt: async (member, cells) => parseResponse(await ask(member, cells), cells),
    offersSctp: async (member) => sctpIn(await ask(member, [])),
    log: (member) => {
      const name = probeName(member.endpoint, run)
      return reading(`read the log of ${member.namespace}/${name}`, platform.cluster.core.readNamespacedPodLog({ namespace: member.namespace, name, container: probeContainer }))
    },
  }
}
