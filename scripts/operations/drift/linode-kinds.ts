import type { LinodeObject } from './linode-api.ts'

/** One kind of object of a Linode account that a platform is made of. */
export interface LinodeKind {
  /** As people call it. */
  name: string
  /** What Terraform calls it; undefined for what the platform never makes. */
  resource: string | undefined
  /** What events call it; undefined where Linode writes no events. */
  entity: string | undefined
  /** Path of the list. */
  path: string
  /** What tells one from the other, in the list and in Terraform's state. */
  key: 'id' | 'label'
  /** Path of one, for its removal. */
  pathOf(object: LinodeObject): string
  /** Made by another object, which is judged itself. */
  partOf?(object: LinodeObject): boolean
}

const byId = (path: string) => ({ path, key: 'id' as const, pathOf: ({ id }: LinodeObject) => `${path}/${String(id)}` })

/** Every kind that is looked at. Machines and balancers are made by LKE for its clusters; with the platform's name on them they belong to nobody. */
export const linodeKinds: readonly LinodeKind[] = [
  { name: 'cluster', resource: 'linode_lke_cluster', entity: 'lkecluster', ...byId('/lke/clusters') },
  { name: 'firewall', resource: 'linode_firewall', entity: 'firewall', ...byId('/networking/firewalls') },
  { name: 'database', resource: 'linode_database_postgresql_v2', entity: 'database', ...byId('/databases/postgresql/instances') },
  { name: 'object-storage key', resource: 'linode_object_storage_key', entity: 'obj_access_key', ...byId('/object-storage/keys') },
  { name: 'token', resource: 'linode_token', entity: 'token', ...byId('/profile/tokens') },
  {
    name: 'bucket', resource: 'linode_object_storage_bucket', entity: undefined, path: '/object-storage/buckets', key: 'label',
    pathOf: ({ region, label }) => `/object-storage/buckets/${String(region)}/${String(label)}`,
  },
  { name: 'machine', resource: undefined, entity: 'linode', ...byId('/linode/instances'), partOf: ({ lke_cluster_id: cluster }) => cluster !== null && cluster !== undefined },
  { name: 'NodeBalancer', resource: undefined, entity: 'nodebalancer', ...byId('/nodebalancers') },
  { name: 'VPC', resource: undefined, entity: undefined, ...byId('/vpcs') },
]

/** The pools of one cluster; each belongs to the platform, whatever it is called. */
export function poolKind(cluster: string): LinodeKind {
  return { name: 'node pool', resource: 'linode_lke_node_pool', entity: 'lkenodepool', ...byId(`/lke/clusters/${cluster}/pools`) }
}

/** Whether an object carries the name of a platform: its tag, or a label that is the name or begins with it. */
export function carriesName({ label, tags }: LinodeObject, platform: string): boolean {
  const tagged = Array.isArray(tags) && tags.includes(`platform:${platform}`)
  return tagged || label === platform || (typeof label === 'string' && label.startsWith(`${platform}-`))
}
