import type { LinodeAccess, LinodeObject } from '../../../fixtures/breaches/linode.ts'

/** Lists of what the platform makes on Linode. */
const lists: Readonly<Record<string, string>> = {
  'cluster': '/lke/clusters', 'firewall': '/networking/firewalls', 'database': '/databases/postgresql/instances',
  'token': '/profile/tokens', 'object-storage key': '/object-storage/keys', 'bucket': '/object-storage/buckets', 'NodeBalancer': '/nodebalancers', 'VPC': '/vpcs',
}

/** What Linode gives to one life of an object, and what it counts itself. */
const ownOfLinode = new Set(['id', 'created', 'updated', 'token', 'access_key', 'secret_key', 'version', 'fingerprint', 'revision-id', 'entities', 'nodes', 'objects', 'size', 'oldest_restore_time'])

/** What somebody wrote in each object on Linode, by a name for people; objects of one kind and label are told apart by their number. */
export async function linodeWritten(linode: Pick<LinodeAccess, 'list'>): Promise<[string, unknown][]> {
  const found = await Promise.all(Object.entries(lists).map(async ([kind, path]) => ({ kind, objects: await linode.list(path) })))
  const clusters = found.flatMap(({ kind, objects }) => kind === 'cluster' ? objects : [])
  const pools = await Promise.all(clusters.map(async ({ id, label = '' }) => ({ kind: `pool of ${label}`, objects: await linode.list(`/lke/clusters/${String(id)}/pools`) })))
  return [...found, ...pools].flatMap(({ kind, objects }) => named(kind, objects))
}

function named(kind: string, objects: readonly LinodeObject[]): [string, unknown][] {
  const seen = new Map<string, number>()
  return objects.map((object) => {
    const name = `Linode ${kind} ${nameOf(object)}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return [count === 1 ? name : `${name} (${String(count)})`, authored(object)]
  })
}

/** Pools have no label; their Kubernetes labels say what they are for. */
function nameOf({ label, labels }: LinodeObject): string {
  return label === undefined || label === '' ? JSON.stringify(labels ?? '') : label
}

function authored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(authored)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !ownOfLinode.has(name)).map(([name, held]: [string, unknown]) => [name, authored(held)]))
}
