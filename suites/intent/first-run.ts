/** A request by which something is made on Linode, how many of its kind are let through before it is refused, and the limit that refuses it. */
export interface CreateRequest { path: string, after: number, limit: 'vcpus' | 'account' }

/**
 * Every request by which the first provisioning makes something on Linode, in an order in which each is met: the secrets bucket stays after a failed run, so
 * it comes first. The buckets of the state and of the audit records are made before, and not by the Linode API (docs/adr/0015).
 */
export const firstRunRequests: readonly CreateRequest[] = [
  { path: '/object-storage/buckets', after: 0, limit: 'account' },
  { path: '/lke/clusters', after: 0, limit: 'vcpus' },
  { path: '/lke/clusters/*/pools', after: 0, limit: 'vcpus' }, { path: '/lke/clusters/*/pools', after: 1, limit: 'vcpus' },
  { path: '/networking/firewalls', after: 0, limit: 'account' },
  { path: '/object-storage/keys', after: 0, limit: 'account' }, { path: '/object-storage/keys', after: 1, limit: 'account' }, { path: '/object-storage/keys', after: 2, limit: 'account' },
  { path: '/databases/postgresql/instances', after: 0, limit: 'account' },
  { path: '/profile/tokens', after: 0, limit: 'account' },
]

/** Where what is made is listed, beside buckets: there must be nothing after a failed first run that was not there before. Clusters hold namespaces and releases: without one there is neither. */
export const madeCollections = ['/lke/clusters', '/networking/firewalls', '/object-storage/keys', '/databases/postgresql/instances', '/linode/instances', '/profile/tokens'] as const
