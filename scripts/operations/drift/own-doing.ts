import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { ManagedResource } from './plan.ts'

const firewallSchema = z.object({ linodes: z.array(z.number()) })
const nodesSchema = z.array(z.object({ instance_id: z.number() }))
const poolSchema = z.object({ nodes: nodesSchema })
const clusterSchema = z.object({ pool: z.array(poolSchema) })

/**
 * Whether a change that people could have made is what Linode does by itself: on the Enterprise tier LKE puts every machine of a pool behind
 * the firewall that the pool names. One machine too few or too many is somebody's doing.
 */
export function isOwnDoing({ type, path, after }: { type: string, path: readonly (string | number)[], after: unknown }, managed: readonly ManagedResource[]): boolean {
  if (type !== 'linode_firewall' || path[0] !== 'linodes') return false
  const firewall = firewallSchema.safeParse(after)
  const machines = managed.flatMap(machinesOf)
  return firewall.success && machines.length > 0 && isDeepStrictEqual(sorted(firewall.data.linodes), sorted(machines))
}

function machinesOf({ type, values }: ManagedResource): number[] {
  const pools = type === 'linode_lke_cluster' ? clusterSchema.safeParse(values).data?.pool ?? [] : []
  const own = type === 'linode_lke_node_pool' ? poolSchema.safeParse(values).data?.nodes ?? [] : []
  return [...pools.flatMap(({ nodes }) => nodes), ...own].map(({ instance_id: id }) => id)
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b)
}
