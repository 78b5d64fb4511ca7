import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What a Terraform state says it is, and how much it holds: buckets, which hold the record, and data sources do not count. */
export interface StateIdentity { serial: number, lineage: string, resources: number }

/** One object that the state holds. Its values stay out: they may be secret. */
export interface StateObject {
  /** Linode's own id; empty when the object never got one. */
  id: string
  type: string
  /** Of every value that the state holds of it. */
  digest: string
}

/** By Terraform address, such as module.node_pool["production"].linode_lke_node_pool.this. */
export type StateObjects = ReadonlyMap<string, StateObject>

/** Buckets hold the state, the audit records and the secrets: no failure is a reason to remove one. */
export const bucketType = 'linode_object_storage_bucket'

const instanceSchema = z.object({ index_key: z.union([z.string(), z.number()]).optional(), attributes: z.looseObject({}).nullish() })
const resourceSchema = z.object({ module: z.string().optional(), mode: z.string(), type: z.string(), name: z.string(), instances: z.array(instanceSchema) })
const stateSchema = z.object({ serial: z.int(), lineage: z.string(), resources: z.array(resourceSchema) })

/** Reads a state as `terraform state pull` prints it, or as it lies in its bucket; undefined when there is none. Digests are of every attribute but those of `leftOut`. */
export function readState(text: string, leftOut: ReadonlySet<string> = new Set()): { identity: StateIdentity, objects: StateObjects } | undefined {
  if (text.trim() === '') return undefined
  const { serial, lineage, resources } = stateSchema.parse(JSON.parse(text))
  const managed = resources.filter(({ mode }) => mode === 'managed')
  const objects = new Map(managed.flatMap((resource) => resource.instances.map(({ index_key: key, attributes }) => [addressOf(resource, key), objectOf(resource.type, attributes ?? {}, leftOut)] as const)))
  return { identity: { serial, lineage, resources: [...objects.values()].filter(({ type }) => type !== bucketType).length }, objects }
}

function addressOf({ module, type, name }: z.infer<typeof resourceSchema>, key: string | number | undefined): string {
  const instance = key === undefined ? '' : `[${JSON.stringify(key)}]`
  return `${module === undefined ? '' : `${module}.`}${type}.${name}${instance}`
}

function objectOf(type: string, attributes: Readonly<Record<string, unknown>>, leftOut: ReadonlySet<string>): StateObject {
  const { id } = attributes
  const kept = Object.fromEntries(Object.entries(attributes).filter(([name]) => !leftOut.has(name)))
  return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : '', type, digest: createHash('sha256').update(JSON.stringify(kept)).digest('hex') }
}

/** What a run planned for an address, as far as undoing it needs to know. */
export interface Planned { address: string, action: 'create' | 'update' | 'replace' | 'delete' }

export interface Difference {
  /** Made by the run: to be destroyed. Buckets are never among them. */
  made: string[]
  /** There before, and now gone or another one or with other values: to be restored. */
  changed: string[]
}

/** What a run did to the state. Only what it had planned counts: what else differs was done by somebody else. */
export function difference(before: StateObjects, now: StateObjects, planned: readonly Planned[]): Difference {
  const meant = planned.map(({ address }) => address)
  return {
    made: meant.filter((address) => now.has(address) && !before.has(address) && now.get(address)?.type !== bucketType),
    changed: planned.filter(({ action, address }) => action !== 'create' && before.has(address) && before.get(address)?.digest !== now.get(address)?.digest).map(({ address }) => address),
  }
}
