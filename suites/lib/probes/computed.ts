import { isIP } from 'node:net'
import { podRoutes, type IntendedCell } from '../../intent/routes.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { readSegmentation, type LiveSegmentation } from '../platform/segmentation.ts'
import { compute, type ComputedVerdict, type Party, type PodParty } from '../segmentation/compute.ts'
import type { Fleet } from './fleet.ts'
import { probeName } from './manifests.ts'

/** What the policies in force say about cells, or why that is not known. */
export interface ComputedTable {
  /** By cell id; a cell whose pods were not there is absent, and so is one about which policies say nothing by themselves. */
  verdicts: ReadonlyMap<string, ComputedVerdict>
  /** Ids of the cells about which policies say something by themselves. */
  computable: ReadonlySet<string>
  /** Ids of the policies in force, by zone. */
  policies: ReadonlyMap<string, readonly string[]>
  /** Why there are no verdicts. */
  missing: string | undefined
}

/** Reads the policies in force where the fleet stands, and computes every cell from them. Never rejects: what could not be read is said. */
export async function computedTable(platform: Platform, fleet: Fleet, cells: readonly IntendedCell[]): Promise<ComputedTable> {
  const zones = new Map(fleet.members.map(({ endpoint, namespace }) => [endpoint.zone as string, namespace]))
  const computable = new Set(cells.filter(isComputable).map(({ id }) => id))
  try {
    const live = await readSegmentation(platform.cluster, { namespaces: [...new Set(zones.values())], run: fleet.run })
    const policies = new Map([...zones].map(([zone, namespace]) => [zone, live.policies.filter((policy) => policy.namespace === namespace).map(({ id }) => id)]))
    return { verdicts: computeCells(cells, fleet, live), computable, policies, missing: undefined }
  }
  catch (error) {
    const missing = sentenceOf(error)
    return { verdicts: new Map(), computable, policies: new Map([...zones].map(([zone, namespace]) => [zone, [`unknown@${namespace} (${missing})`]])), missing }
  }
}

/**
 * Whether policies alone say what becomes of an attempt: it arrives as what it was. A node's port hides who asked, and behind the address of a
 * Service of the platform may be anybody.
 */
export function isComputable({ route, host = '', direct = false }: Pick<IntendedCell, 'route' | 'host' | 'direct'>): boolean {
  return podRoutes.includes(route) || (direct && isIP(host) !== 0)
}

/** The verdict about each computable cell whose ends are there. */
export function computeCells(cells: readonly IntendedCell[], fleet: Fleet, live: LiveSegmentation): Map<string, ComputedVerdict> {
  const parties = new Map(fleet.members.flatMap(({ endpoint, namespace }): [string, PodParty][] => {
    const party = live.pods.get(`${namespace}/${probeName(endpoint, fleet.run)}`)
    return party === undefined ? [] : [[endpoint.id, party]]
  }))
  return new Map(cells.filter(isComputable).flatMap(({ id, from, to, host, protocol, port }): [string, ComputedVerdict][] => {
    const source = parties.get(from.id)
    const target: Party | undefined = host === undefined ? parties.get(to.id) : { kind: 'address', ip: host }
    return source === undefined || target === undefined ? [] : [[id, compute(live, { from: source, to: target, protocol, port })]]
  }))
}
