/** Rights that a job needs, in one place; `*` in no list, since nobody's job is everything. */
export interface NeededRights {
  verbs: readonly string[]
  groups: readonly string[]
  resources: readonly string[]
  /** Only these objects; empty is every one. */
  names: readonly string[]
  urls: readonly string[]
  /** Namespace; undefined is the whole cluster. */
  scope: string | undefined
  /** Why the records may not show it in use: it is rarely used, or in a way that leaves no record. Undefined where use shows within the window. */
  unseen?: string
}

/** What comes with rights that a job needs, and is known and meant: more than the rules say. */
export interface KnownPower {
  kind: 'secrets' | 'pods' | 'connections'
  scope: string
  because: string
}

export interface IntendedRights {
  needed: readonly NeededRights[]
  /** What some holders have beside it and none needs for the job. */
  spare?: readonly NeededRights[]
  powers: readonly KnownPower[]
}

/** `get list watch` of `apps deployments statefulsets`: the group first; `core` where it has no name. */
export function needs(verbs: string, of: string, more: Partial<NeededRights> = {}): NeededRights {
  const [group = '', ...resources] = of.split(' ')
  return { verbs: verbs.split(' '), groups: [group === 'core' ? '' : group], resources, names: [], urls: [], scope: undefined, ...more }
}

/** Rights on paths of the API server, in the whole cluster. */
export function needsPaths(verb: string, ...urls: string[]): NeededRights {
  return { verbs: [verb], groups: [], resources: [], names: [], urls, scope: undefined }
}

export const look = 'get list watch'
