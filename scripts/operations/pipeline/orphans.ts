import { z } from 'zod'
import type { LinodeAccount } from './linode-account.ts'
import type { PlanSummary } from './plan-summary.ts'
import { bucketType } from './state-objects.ts'
import type { StateObjects } from './state-objects.ts'
import { until } from './waiting.ts'

/** Linode's collections by the Terraform type of what is in them. Node pools hang below their cluster. */
const collections: Readonly<Record<string, string>> = {
  linode_lke_cluster: '/lke/clusters',
  linode_firewall: '/networking/firewalls',
  linode_database_postgresql_v2: '/databases/postgresql/instances',
  linode_object_storage_key: '/object-storage/keys',
  linode_token: '/profile/tokens',
}
const clusterType = 'linode_lke_cluster'
const poolType = 'linode_lke_node_pool'
const purposeLabel = 'plumbline.dev/purpose'
const secondsUntilGone = 300
/** Linode stamps whole seconds, by a clock of its own. Milliseconds. */
const clockTolerance = 60_000

const objectSchema = z.looseObject({
  id: z.union([z.int(), z.string()]).transform(String), label: z.string().nullish(), created: z.string().nullish(), labels: z.record(z.string(), z.string()).nullish(),
})

/** An object that was made for an address of the plan and that the state does not know. */
export interface Orphan {
  address: string
  type: string
  id: string
  label: string
  /** Where the Linode API has it; a bucket is adopted and never removed. */
  path: string
}

export interface Unknowns {
  account: LinodeAccount
  state: StateObjects
  plan: Pick<PlanSummary, 'makes'>
  /** When the run began that may have made them: what is older is somebody else's. */
  since: Date
}

/**
 * What a plan would make although it is there: a run that was killed between Linode's answer and the writing of the state left it. Known by
 * type, label, and a creation after the run began; nothing that the state knows is among them.
 */
export async function orphans({ account, state, plan, since }: Unknowns): Promise<Orphan[]> {
  const known = new Set([...state.values()].map(({ type, id }) => `${type} ${id}`))
  const found: Orphan[] = []
  for (const make of plan.makes) {
    const candidates = await candidatesFor(make, { account, state })
    const made = candidates.filter((one) => isSince(one.created, since))
    found.push(...made.filter(({ id }) => !known.has(`${make.type} ${id}`)).map(({ id, path }) => ({ address: make.address, type: make.type, id, label: make.label ?? id, path })))
  }
  return found
}

interface Candidate { id: string, path: string, created: string | null | undefined }

async function candidatesFor({ address, type, label }: PlanSummary['makes'][number], { account, state }: Pick<Unknowns, 'account' | 'state'>): Promise<Candidate[]> {
  if (type === bucketType) return buckets(account, label)
  if (type === poolType) return pools(account, address, state)
  const collection = collections[type]
  if (collection === undefined || label === undefined) return []
  const objects = z.array(objectSchema).parse(await account.list(collection))
  return objects.filter((object) => object.label === label).map(({ id, created }) => ({ id, path: `${collection}/${id}`, created }))
}

async function buckets(account: LinodeAccount, label: string | undefined): Promise<Candidate[]> {
  const all = z.array(z.looseObject({ label: z.string(), region: z.string() })).parse(await account.list('/object-storage/buckets'))
  return all.filter((bucket) => bucket.label === label).map(({ region, label: name }) => ({ id: `${region}:${name}`, path: `/object-storage/buckets/${region}/${name}`, created: undefined }))
}

/** A pool carries no name: it is known by its cluster and by the purpose that its address has as a key. */
async function pools(account: LinodeAccount, address: string, state: StateObjects): Promise<Candidate[]> {
  const cluster = [...state.values()].find(({ type }) => type === clusterType)
  const purpose = /\["([^"]+)"\]/.exec(address)?.[1]
  if (cluster === undefined || purpose === undefined) return []
  const path = `/lke/clusters/${cluster.id}/pools`
  const all = z.array(objectSchema).parse(await account.list(path))
  return all.filter(({ labels }) => labels?.[purposeLabel] === purpose).map(({ id }) => ({ id, path: `${path}/${id}`, created: undefined }))
}

function isSince(created: string | null | undefined, since: Date): boolean {
  // Keys, buckets and pools have no time: that the state does not know them and the plan wants them must do.
  if (created === null || created === undefined) return true
  return Date.parse(`${created.replace(/Z$/, '')}Z`) >= since.getTime() - clockTolerance
}

export interface Cleaning { removed: string[], adopted: string[] }

/** Removes orphans, and adopts those that are buckets. What is removed is waited for: Linode refuses a second object of the same label. */
export async function clearOrphans(found: readonly Orphan[], { account, adopt }: { account: LinodeAccount, adopt: (address: string, id: string) => Promise<void> }): Promise<Cleaning> {
  const cleaning: Cleaning = { removed: [], adopted: [] }
  for (const orphan of found) {
    if (orphan.type === bucketType) {
      await adopt(orphan.address, orphan.id)
      cleaning.adopted.push(`${orphan.type} ${orphan.label}`)
      continue
    }
    await account.remove(orphan.path)
    await until(async () => await isGone(account, orphan) ? undefined : `${orphan.type} ${orphan.label} (${orphan.id}) is still there`, { seconds: secondsUntilGone })
    cleaning.removed.push(`${orphan.type} ${orphan.label} (${orphan.id})`)
  }
  return cleaning
}

async function isGone(account: LinodeAccount, { path, id }: Orphan): Promise<boolean> {
  const collection = path.slice(0, path.lastIndexOf('/'))
  return !(await account.list(collection)).some((object) => String(object['id']) === id)
}
