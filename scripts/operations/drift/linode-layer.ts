import { carriesName, linodeKinds, poolKind } from './linode-kinds.ts'
import type { LinodeKind } from './linode-kinds.ts'
import type { LinodeLists, LinodeObject } from './linode-api.ts'
import type { OwnerOf } from './linode-events.ts'
import type { Look } from './layer.ts'
import type { ManagedResource } from './plan.ts'

/** What is there of one kind. */
export interface Listing { kind: LinodeKind, objects: LinodeObject[] }

/** Lists everything that carries the platform's name, and the pools of its clusters. Rejects when a list is not given. */
export async function listPlatform(api: LinodeLists, platform: string): Promise<Listing[]> {
  const all = await Promise.all(linodeKinds.map(async (kind): Promise<Listing> => ({
    kind, objects: (await api.list(kind.path)).filter((object) => carriesName(object, platform) && kind.partOf?.(object) !== true),
  })))
  const clusters = all.find(({ kind }) => kind.resource === 'linode_lke_cluster')?.objects ?? []
  const pools = await Promise.all(clusters.map(async ({ id }): Promise<Listing> => {
    const kind = poolKind(String(id))
    return { kind, objects: await api.list(kind.path) }
  }))
  return [...all, ...pools]
}

/** Which of the platform's objects on Linode are in no state. */
export function linodeLook(listings: readonly Listing[], managed: readonly ManagedResource[], ownerOf: OwnerOf): Look {
  const known = keysOf(managed)
  const findings = listings.flatMap(({ kind, objects }) => objects.filter((object) => !known.has(keyOf(kind.resource, object[kind.key]))).map((object): Look['findings'][number] => ({
    kind: kind.name,
    name: `${textOf(object['label'])} (${textOf(object['id'] ?? object['region'])})`.trim(),
    how: 'unmanaged',
    detail: 'carries the name of the platform and is not in the Terraform state',
    owner: ownerOf(kind.entity, textOf(object['id'])),
    remedy: removal(kind.pathOf(object)),
  })))
  return { compared: listings.reduce((sum, { objects }) => sum + objects.length, 0), findings }
}

/** With the settings of `npx plumbline env` on the sandbox, and the pipeline's own token on an account. */
function removal(path: string): string {
  return `\`curl --fail --request DELETE --header "Authorization: Bearer $LINODE_TOKEN" "\${LINODE_URL:-https://api.linode.com}/v4${path}"\``
}

function keysOf(managed: readonly ManagedResource[]): ReadonlySet<string> {
  return new Set(managed.flatMap(({ type, values }) => {
    const own = ['id', 'label'].map((name) => keyOf(type, values[name]))
    // The pool that a cluster is made with is inside the cluster's resource.
    const inside = type === 'linode_lke_cluster' && Array.isArray(values['pool']) ? values['pool'].map((pool: unknown) => keyOf('linode_lke_node_pool', idOf(pool))) : []
    return [...own, ...inside]
  }))
}

function keyOf(resource: string | undefined, key: unknown): string {
  return `${resource ?? 'none'} ${String(key)}`
}

function idOf(pool: unknown): unknown {
  return typeof pool === 'object' && pool !== null && 'id' in pool ? pool.id : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
