import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { converge, deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'
import { readAsAdministrator } from './holders.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** Everything that provisioning makes, as names: what a failed run must not have changed. */
export interface Foundation {
  /** Ids and purposes of the cluster's node pools, and the Linodes of the account, as the Linode API has them. */
  pools: string[]
  machines: string[]
  namespaces: string[]
  /** Names of Helm releases. */
  releases: string[]
  /** Addresses and ids in the Terraform state. */
  state: string[]
}

const poolsSchema = z.object({ data: z.array(z.looseObject({ id: z.int(), type: z.string(), count: z.int() })), pages: z.int() })
const machinesSchema = z.object({ data: z.array(z.looseObject({ id: z.int() })), pages: z.int() })
const stateSchema = z.object({ resources: z.array(z.object({
  module: z.string().optional(), mode: z.string(), type: z.string(), name: z.string(), instances: z.array(z.object({ index_key: z.unknown().optional(), attributes: z.looseObject({ id: z.unknown().optional() }).nullish() })),
})) })
const secretsSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) })

/** What there is at this moment. Rejects with IndeterminateError when a part of it cannot be seen. */
export async function foundation(platform: Platform, linode: Provided['linode']): Promise<Foundation> {
  const [pools, machines, namespaces, secrets, state] = await Promise.all([
    asked(linode, `/lke/clusters/${platform.outputs.cluster.id}/pools`, poolsSchema),
    asked(linode, '/linode/instances', machinesSchema),
    reading('list the namespaces', platform.cluster.core.listNamespace()),
    readAsAdministrator(platform, '/api/v1/secrets?fieldSelector=type%3Dhelm.sh%2Frelease.v1'),
    platform.state.text(platform.outputs.state.key),
  ])
  return {
    pools: pools.data.map(({ id, type, count }) => `pool ${id} (${count} of ${type})`).sort(),
    machines: machines.data.map(({ id }) => `Linode ${id}`).sort(),
    namespaces: namespaces.items.flatMap(({ metadata }) => metadata?.name ?? []).filter((name) => !name.startsWith('plumbline-')).map((name) => `namespace ${name}`).sort(),
    releases: [...new Set(secretsSchema.parse(JSON.parse(secrets)).items.flatMap(({ metadata: { name } }) => /^sh\.helm\.release\.v1\.(.+)\.v\d+$/.exec(name)?.[1] ?? []))].map((name) => `release ${name}`).sort(),
    state: addresses(state),
  }
}

function addresses(text: string): string[] {
  const parsed = stateSchema.safeParse(JSON.parse(text))
  if (!parsed.success) throw new IndeterminateError('expected the newest version of the state to be a Terraform state with resources, but it is not')
  return parsed.data.resources.filter(({ mode }) => mode === 'managed').flatMap(({ module, type, name, instances }) => instances.map(({ index_key: key, attributes }) =>
    `${[module, type, name].filter((part) => part !== undefined).join('.')}${key === undefined ? '' : `[${JSON.stringify(key)}]`} (${typeof attributes?.id === 'string' || typeof attributes?.id === 'number' ? attributes.id : 'without an id'})`)).sort()
}

/** What is there now and was not before, or the other way round, as sentences. */
export function changesOf(before: Foundation, after: Foundation): string[] {
  const kinds = ['pools', 'machines', 'namespaces', 'releases', 'state'] as const
  return kinds.flatMap((kind) => [
    ...after[kind].filter((one) => !before[kind].includes(one)).map((one) => `${kind === 'state' ? 'in the state, ' : ''}${one} is there and was not before`),
    ...before[kind].filter((one) => !after[kind].includes(one)).map((one) => `${kind === 'state' ? 'in the state, ' : ''}${one} was there before and is not any more`),
  ])
}

/** Between two looks at the Linode API, milliseconds: it answers 200 lists a minute, and the pipeline asks for some of them. */
export const linodePause = 3000

/** What a run that was refused has left, once what it removed has had the time to go: Linode removes the machines of a pool after the pool. */
export async function leftBehind(before: Foundation, look: () => Promise<Foundation>): Promise<string[]> {
  const { value } = await converge(async () => changesOf(before, await look()), budgets.machinesGone, { consecutive: 1, every: linodePause, until: (changes) => changes.length === 0 })
  return value
}

/** A whole collection of the Linode API, by a schema with `pages`. Rejects with IndeterminateError when it is not answered in one page. */
export async function asked<T extends { pages: number }>({ url, token }: Provided['linode'], path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await fetch(new URL(`/v4${path}?page_size=500`, url), { headers: { Authorization: `Bearer ${token}` }, signal: deadline(budgets.linodeRequest) }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to read ${path} through the Linode API at ${url}, but there was no answer (${sentenceOf(error)})`)
  })
  const parsed = schema.safeParse(await answer.json().catch(() => undefined))
  if (!parsed.success || parsed.data.pages > 1) throw new IndeterminateError(`expected to read ${path} in one page through the Linode API at ${url}, but the answer was ${answer.status} and no such page`)
  return parsed.data
}
