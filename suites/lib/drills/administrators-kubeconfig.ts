import type { KubeConfig } from '@kubernetes/client-node'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { Convergence } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { administrator, readWith } from '../platform/holders.ts'
import type { Platform } from '../platform/platform.ts'
import type { AccessAttempt } from '../verdict.ts'

/** A kubeconfig of the administrator that the cluster is going to forget. */
export interface DyingKubeconfig {
  /** Asks until the API server has said twice that it does not know it, or until its budget is spent. */
  untilUnknown: () => Promise<Convergence<AccessAttempt>>
}

/** What a kubeconfig is answered when it asks for the nodes, which only an administrator may read. */
export async function nodesRead(config: KubeConfig, who: string): Promise<AccessAttempt> {
  return await readWith(config, who, '/api/v1/nodes?limit=1')
}

/** The kubeconfig that is in force, once it was seen to work: a refusal afterwards would prove nothing otherwise, and rejects with IndeterminateError. */
export async function kubeconfigInForce(platform: Pick<Platform, 'outputs'>): Promise<DyingKubeconfig> {
  const config = administrator(platform)
  const { status, message } = await nodesRead(config, 'the administrator before')
  if (status !== 200) throw new IndeterminateError(`expected the administrator's kubeconfig to work before it is replaced, but the answer was ${String(status)} (${message})`)
  const ask = () => nodesRead(config, 'the administrator with the old kubeconfig')
  return { untilUnknown: () => converge(ask, budgets.tokenForgotten, { consecutive: 2, until: (answer) => answer.status === 401 }) }
}
