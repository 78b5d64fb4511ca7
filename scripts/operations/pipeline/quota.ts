import { z } from 'zod'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import type { LinodeAccount } from './linode-account.ts'
import type { PlanSummary } from './plan-summary.ts'
import type { Platform } from './platform-schema.ts'

/** Where Linode takes requests for a higher limit. */
export const supportUrl = 'https://cloud.linode.com/support/tickets'

/** Linode refused to make something because an account limit is reached. */
export class QuotaFailure extends CommandFailure {
  /** Linode's own words. */
  readonly said: string
  /** Terraform address of what it refused; undefined when Terraform did not say. */
  readonly address: string | undefined
  constructor(said: string, address: string | undefined) {
    super(`${refusal(said, address)} Lower the counts in the platform file, or ask for a higher limit at ${supportUrl}, naming the resources that the plan creates; then run again.`, exitCodes.partial)
    this.name = 'QuotaFailure'
    this.said = said
    this.address = address
  }
}

function refusal(said: string, address: string | undefined): string {
  return `Linode refuses to make ${address ?? 'more on this account'}, because a limit of the account is reached: "${said}"`
}

/** How much there is and how much is needed, in a unit that limits are counted in. */
export interface Amounts { unit: string, current: number, needed: number }

const instanceSchema = z.looseObject({ lke_cluster_id: z.int().nullish(), specs: z.looseObject({ vcpus: z.int() }) })
const typeSchema = z.looseObject({ vcpus: z.int() })

const collections: readonly { pattern: RegExp, unit: string, path: string }[] = [
  { pattern: /linode_firewall\./, unit: 'Cloud Firewalls', path: '/networking/firewalls' },
  { pattern: /linode_database_postgresql_v2\./, unit: 'managed databases', path: '/databases/postgresql/instances' },
  { pattern: /linode_object_storage_key\./, unit: 'object storage keys', path: '/object-storage/keys' },
  { pattern: /linode_object_storage_bucket\./, unit: 'buckets', path: '/object-storage/buckets' },
  { pattern: /linode_token\./, unit: 'API tokens', path: '/profile/tokens' },
]

export interface QuotaWorld {
  account: LinodeAccount
  platform: Pick<Platform, 'pools'>
  plan: PlanSummary | undefined
  /** Of the platform's cluster; undefined while there is none. */
  clusterId: string | undefined
}

/**
 * What the account has and what the platform file needs of what was refused. Linode tells neither with its refusal, so both are counted: for
 * pools and clusters the vCPUs of the account's Linodes, and those of the platform's pools; for the rest the objects.
 */
export async function amountsOf({ address }: Pick<QuotaFailure, 'address'>, { account, platform, plan, clusterId }: QuotaWorld): Promise<Amounts> {
  const collection = collections.find(({ pattern }) => pattern.test(address ?? ''))
  if (collection === undefined) return vcpus(account, platform, clusterId)
  const current = (await account.list(collection.path)).length
  return { unit: collection.unit, current, needed: current + (plan?.makes ?? []).filter((make) => collection.pattern.test(make.address)).length }
}

/** What the account runs beside the platform stays, and is needed too. */
async function vcpus(account: LinodeAccount, { pools }: Pick<Platform, 'pools'>, clusterId: string | undefined): Promise<Amounts> {
  const machines = z.array(instanceSchema).parse(await account.list('/linode/instances'))
  const ofFile = await Promise.all(pools.map(async ({ type, count }) => count * typeSchema.parse(await account.read(`/linode/types/${type}`)).vcpus))
  const others = machines.filter(({ lke_cluster_id: cluster }) => clusterId === undefined || String(cluster) !== clusterId)
  return { unit: 'vCPUs', current: total(machines.map(({ specs }) => specs.vcpus)), needed: total(ofFile) + total(others.map(({ specs }) => specs.vcpus)) }
}

function total(counts: readonly number[]): number {
  return counts.reduce((all, each) => all + each, 0)
}

/** The failure with what the limit is about, what there is, what is needed, and how to get it. */
export async function withAmounts(failure: QuotaFailure, world: QuotaWorld): Promise<CommandFailure> {
  const { said, address } = failure
  try {
    const { unit, current, needed } = await amountsOf(failure, world)
    return new CommandFailure(
      `${refusal(said, address)} The account has ${current} ${unit} now and needs ${needed} in all for this platform file; Linode does not tell how high its limit is. `
      + `Ask for at least ${needed} ${unit} at ${supportUrl}, or lower the counts in the platform file; then run \`npx plumbline provision\` again.`, exitCodes.partial)
  } catch (error) {
    return new CommandFailure(`${failure.message} (How much the account has could not be counted: ${sentenceOf(error)}.)`, exitCodes.partial)
  }
}
