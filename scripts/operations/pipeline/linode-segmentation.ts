import { z } from 'zod'

export interface FirewallRule { direction: 'inbound' | 'outbound', label: string, action: string, protocol: string, ports: string, addresses: string[] }

/** Who may talk to whom by Linode's own means, as a plan has it. */
export interface LinodeSegmentation {
  firewalls: { label: string, inboundPolicy: string, outboundPolicy: string, rules: FirewallRule[] }[]
  /** Ranges that reach the API server; `everybody` when its access list is off. */
  controlPlane: string[]
  /** Ranges that reach the data store. */
  database: string[]
}

const ranges = z.array(z.string()).nullish().transform((value) => value ?? [])
const ruleSchema = z.looseObject({
  label: z.string(), action: z.string(), protocol: z.string(), ports: z.string().nullish().transform((value) => value ?? ''), ipv4: ranges, ipv6: ranges,
})
const rules = z.array(ruleSchema).nullish().transform((value) => value ?? [])
const firewallSchema = z.looseObject({ label: z.string(), inbound_policy: z.string(), outbound_policy: z.string(), inbound: rules, outbound: rules })
const clusterSchema = z.looseObject({
  control_plane: z.array(z.looseObject({
    acl: z.array(z.looseObject({ enabled: z.boolean().nullish(), addresses: z.array(z.looseObject({ ipv4: ranges, ipv6: ranges })).nullish().transform((value) => value ?? []) })).nullish().transform((value) => value ?? []),
  })).nullish().transform((value) => value ?? []),
})
const databaseSchema = z.looseObject({ allow_list: ranges })

interface Resource { type: string, values: unknown }
interface Module { resources?: Resource[] | undefined, child_modules?: Module[] | undefined }
const moduleSchema: z.ZodType<Module> = z.lazy(() => z.looseObject({
  resources: z.array(z.looseObject({ type: z.string(), values: z.unknown() })).optional(),
  child_modules: z.array(moduleSchema).optional(),
}))
const planSchema = z.looseObject({ planned_values: z.looseObject({ root_module: moduleSchema }).optional() })

/** Reads what `terraform show -json PLAN` printed: the platform as it would be, also where nothing changes. */
export function linodeSegmentation(planJson: string): LinodeSegmentation {
  const resources = resourcesOf(planSchema.parse(JSON.parse(planJson)).planned_values?.root_module ?? {})
  const of = <T>(type: string, schema: z.ZodType<T>): T[] => resources.filter((one) => one.type === type).map(({ values }) => schema.parse(values))
  return {
    firewalls: of('linode_firewall', firewallSchema).map(firewallOf).toSorted((a, b) => a.label < b.label ? -1 : 1),
    controlPlane: of('linode_lke_cluster', clusterSchema).flatMap(({ control_plane: planes }) => planes.flatMap(({ acl }) => acl.length === 0 ? ['everybody'] : acl.flatMap(accessList))).toSorted(),
    database: of('linode_database_postgresql_v2', databaseSchema).flatMap(({ allow_list: allowed }) => allowed).toSorted(),
  }
}

function accessList({ enabled, addresses }: { enabled?: boolean | null | undefined, addresses: { ipv4: string[], ipv6: string[] }[] }): string[] {
  return enabled === true ? addresses.flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6]) : ['everybody']
}

function firewallOf({ label, inbound_policy: inboundPolicy, outbound_policy: outboundPolicy, inbound, outbound }: z.infer<typeof firewallSchema>): LinodeSegmentation['firewalls'][number] {
  const as = (direction: FirewallRule['direction']) => (rule: z.infer<typeof ruleSchema>): FirewallRule => ({
    direction, label: rule.label, action: rule.action, protocol: rule.protocol, ports: rule.ports, addresses: [...rule.ipv4, ...rule.ipv6],
  })
  // In their order: the first that fits decides.
  return { label, inboundPolicy, outboundPolicy, rules: [...inbound.map(as('inbound')), ...outbound.map(as('outbound'))] }
}

function resourcesOf({ resources = [], child_modules: children = [] }: Module): Resource[] {
  return [...resources, ...children.flatMap(resourcesOf)]
}
