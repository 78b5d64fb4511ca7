import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'

const ruleSchema = z.object({
  action: z.string(),
  protocol: z.string(),
  ports: z.string().nullish().transform((text) => text === '' || text === undefined ? null : text),
  addresses: z.object({ ipv4: z.array(z.string()).nullish(), ipv6: z.array(z.string()).nullish() }).nullish(),
}).transform(({ addresses, ...rule }) => ({ ...rule, ipv4: addresses?.ipv4 ?? [], ipv6: addresses?.ipv6 ?? [] }))
const firewallSchema = z.object({
  id: z.number(),
  label: z.string(),
  status: z.string(),
  rules: z.object({ inbound_policy: z.string(), outbound_policy: z.string(), inbound: z.array(ruleSchema).nullish(), outbound: z.array(ruleSchema).nullish() }),
})
const devicesSchema = z.object({ data: z.array(z.object({ entity: z.object({ id: z.number(), type: z.string() }) })), pages: z.number() })
const poolsSchema = z.object({ data: z.array(z.object({ id: z.number(), firewall_id: z.number().nullish(), nodes: z.array(z.object({ id: z.string(), instance_id: z.number().nullable() })) })), pages: z.number() })
const faultsSchema = z.object({ errors: z.array(z.object({ reason: z.string() })) })

export type FirewallRule = z.infer<typeof ruleSchema>

/** The Cloud Firewall of the nodes, and which machines stand behind it. */
export interface NodeFirewall {
  id: number
  label: string
  status: string
  inboundPolicy: string
  outboundPolicy: string
  inbound: FirewallRule[]
  outbound: FirewallRule[]
  /** Machines of the cluster, with the pool they are of. */
  nodes: { pool: number, node: string, instance: number | null, behind: boolean }[]
}

/** Reads it from the Linode API. Rejects with IndeterminateError when the API does not answer or refuses. */
export async function nodeFirewallOn(linode: Provided['linode'], { firewall, cluster }: { firewall: string, cluster: string }): Promise<NodeFirewall> {
  const path = `/v4/networking/firewalls/${firewall}`
  const { id, label, status, rules } = firewallSchema.parse(await ask(linode, `read the firewall ${firewall}`, path))
  const devices = devicesSchema.parse(await ask(linode, `list the machines behind the firewall ${firewall}`, `${path}/devices?page_size=500`))
  const pools = poolsSchema.parse(await ask(linode, `list the node pools of the cluster ${cluster}`, `/v4/lke/clusters/${cluster}/pools?page_size=500`))
  if (devices.pages > 1 || pools.pages > 1) throw new IndeterminateError('expected at most 500 machines and pools, but there are more, and not all of them were read')
  const behind = new Set(devices.data.filter(({ entity }) => entity.type === 'linode').map(({ entity }) => entity.id))
  return {
    id, label, status,
    inboundPolicy: rules.inbound_policy,
    outboundPolicy: rules.outbound_policy,
    inbound: rules.inbound ?? [],
    outbound: rules.outbound ?? [],
    nodes: pools.data.flatMap((pool) => pool.nodes.map(({ id: node, instance_id: instance }) => ({ pool: pool.id, node, instance, behind: instance !== null && behind.has(instance) }))),
  }
}

async function ask({ url, token }: Provided['linode'], what: string, path: string): Promise<unknown> {
  const answer = await fetch(new URL(path, url), { headers: { Authorization: `Bearer ${token}` }, signal: deadline(budgets.linodeRequest) }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to ${what} through the Linode API at ${url}, but there was no answer (${sentenceOf(error)})`)
  })
  const body: unknown = await answer.json().catch(() => ({}))
  if (answer.ok) return body
  const faults = faultsSchema.safeParse(body)
  const why = faults.success ? faults.data.errors.map(({ reason }) => reason).join('; ') : 'without a reason'
  throw new IndeterminateError(`expected to ${what} through the Linode API at ${url}, but the answer was ${answer.status} (${why}); the token needs the scopes firewall:read_only and lke:read_only`)
}
