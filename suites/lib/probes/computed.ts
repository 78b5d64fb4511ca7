import { intendedCells, type IntendedCell } from '../../intent/routes.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { readSegmentation, type LiveSegmentation } from '../platform/segmentation.ts'
import { compute, type ComputedVerdict, type PodParty } from '../segmentation/compute.ts'
import type { Fleet } from './fleet.ts'
import { probeName } from './manifests.ts'

/** What the policies in force say about the intended table, or why that is not known. */
export interface ComputedTable {
  /** By cell id; a cell whose pods were not there is absent. */
  verdicts: ReadonlyMap<string, ComputedVerdict>
  /** Ids of the policies in force, by zone. */
  policies: ReadonlyMap<string, readonly string[]>
  /** Why there are no verdicts. */
  missing: string | undefined
}

/** Reads the policies in force where the fleet stands, and computes every cell from them. Never rejects: what could not be read is said. */
export async function computedTable(platform: Platform, fleet: Fleet): Promise<ComputedTable> {
  const zones = new Map(fleet.members.map(({ endpoint, namespace }) => [endpoint.zone as string, namespace]))
  try {
    const live = await readSegmentation(platform.cluster, { namespaces: [...new Set(zones.values())], run: fleet.run })
    const policies = new Map([...zones].map(([zone, namespace]) => [zone, live.policies.filter((policy) => policy.namespace === namespace).map(({ id }) => id)]))
    return { verdicts: computeCells(intendedCells, fleet, live), policies, missing: undefined }
  }
  catch (error) {
    const missing = sentenceOf(error)
    return { verdicts: new Map(), policies: new Map([...zones].map(([zone, namespace]) => [zone, [`unknown@${namespace} (${missing})`]])), missing }
  }
}

/** The verdict about each cell whose two pods are there. */
export function computeCells(cells: readonly IntendedCell[], fleet: Fleet, live: LiveSegmentation): Map<string, ComputedVerdict> {
  const parties = new Map(fleet.members.flatMap(({ endpoint, namespace }): [string, PodParty][] => {
    const party = live.pods.get(`${namespace}/${probeName(endpoint, fleet.run)}`)
    return party === undefined ? [] : [[endpoint.id, party]]
  }))
  return new Map(cells.flatMap(({ id, from, to, protocol, port }): [string, ComputedVerdict][] => {
    const [source, target] = [parties.get(from.id), parties.get(to.id)]
    return source === undefined || target === undefined ? [] : [[id, compute(live, { from: source, to: target, protocol, port })]]
  }))
}
